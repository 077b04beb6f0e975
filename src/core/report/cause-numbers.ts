import type { ConnectivityRun } from '../connectivity/run'
import type { PairResult } from '../connectivity/types'
import { findingOfPair } from '../diagnosis/finding-of-pair'

/** Which cause explains a cell of a matrix, by its number in the document: the first one is 1. */
export interface CauseNumbers {
  /** Whether any cause explains a cell at all. */
  readonly isAny: boolean
  readonly ofPair: (pair: Pick<PairResult, 'from' | 'to'>) => number | undefined
  /** The causes of all failures of one host's containers with those of another, in the document's order. */
  readonly ofHosts: (from: string, to: string) => readonly number[]
}

export function causeNumbers({ findings, pairs }: Pick<ConnectivityRun, 'findings' | 'pairs'>): CauseNumbers {
  const explain = findingOfPair(findings)
  const numbers = new Map(findings.map((finding, index) => [finding, index + 1]))
  const ofPair: CauseNumbers['ofPair'] = (pair) => {
    const finding = explain(pair)
    return finding && numbers.get(finding)
  }
  const byHosts = new Map<string, Set<number>>()
  for (const pair of pairs.filter(({ result }) => result === 'fail')) {
    const number = ofPair(pair)
    if (number === undefined) continue
    const key = hostsKey(pair.from.host, pair.to.host)
    byHosts.set(key, (byHosts.get(key) ?? new Set()).add(number))
  }
  return {
    isAny: byHosts.size > 0,
    ofPair,
    ofHosts: (from, to) => [...(byHosts.get(hostsKey(from, to)) ?? [])].toSorted((a, b) => a - b),
  }
}

const hostsKey = (from: string, to: string): string => JSON.stringify([from, to])
