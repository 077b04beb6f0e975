import type { PairResult } from '../connectivity/types'
import type { Finding } from './finding'

/** Gives the most specific finding that explains a pair's failure; the findings are gone through once. */
export function findingOfPair(
  findings: readonly Finding[],
): (pair: Pick<PairResult, 'from' | 'to'>) => Finding | undefined {
  const byPair = new Map<string, Finding>()
  for (const finding of findings)
    for (const { from, to } of finding.pairs ?? []) {
      const key = `${from} ${to}`
      if (!byPair.has(key)) byPair.set(key, finding)
    }
  return ({ from, to }) => byPair.get(`${from.containerId} ${to.containerId}`)
}
