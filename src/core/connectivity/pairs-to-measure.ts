import type { PairKey } from './plan'
import type { PairResult } from './types'

/**
 * The pairs for which it is worth looking how large a packet may be: the way between two hosts has one limit, whatever
 * containers use it, so one pair stands for all between the same two hosts.
 */
export function pairsToMeasure(pairs: readonly PairResult[]): readonly PairKey[] {
  const byHosts = new Map<string, PairKey>()
  for (const { from, to, checks } of pairs) {
    const tooLarge = checks.some(({ observation, largestBytes }) => observation === 'too-large' && !largestBytes)
    const hosts = [from.hostId, to.hostId].toSorted().join(' ')
    if (tooLarge && !byHosts.has(hosts)) byHosts.set(hosts, { from: from.containerId, to: to.containerId })
  }
  return [...byHosts.values()]
}
