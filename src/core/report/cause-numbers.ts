import type { ConnectivityRun } from '../connectivity/run'
import type { PairResult } from '../connectivity/types'
import { groupBy } from '../collections/group-by'
import { findingOfPair } from '../diagnosis/finding-of-pair'

/** Which cause explains a cell of a matrix, by its number in the document: the first one is 1. */
export interface CauseNumbers {
  /** Whether any cause explains a cell at all. */
  readonly isAny: boolean
  readonly ofPair: (pair: Pick<PairResult, 'from' | 'to'>) => number | undefined
  /** The causes of all failures of one host's containers with those of another, in the document's order. */
  readonly ofHosts: (from: string, to: string) => readonly number[]
}

/** The numbers of the causes in a document that has a run’s findings in their order. */
export function causeNumbers({ findings, pairs }: Pick<ConnectivityRun, 'findings' | 'pairs'>): CauseNumbers {
  const explain = findingOfPair(findings)
  const numbers = new Map(findings.map((finding, index) => [finding, index + 1]))
  const ofPair: CauseNumbers['ofPair'] = (pair) => {
    const finding = explain(pair)
    return finding && numbers.get(finding)
  }
  const explained = pairs.filter((pair) => pair.result === 'fail' && ofPair(pair) !== undefined)
  const byHosts = groupBy(explained, ({ from, to }) => hostsKey(from.host, to.host))
  return {
    isAny: explained.length > 0,
    ofPair,
    ofHosts: (from, to) => {
      const causes = (byHosts.get(hostsKey(from, to)) ?? []).flatMap((pair) => ofPair(pair) ?? [])
      return [...new Set(causes)].toSorted((a, b) => a - b)
    },
  }
}

const hostsKey = (from: string, to: string): string => JSON.stringify([from, to])
