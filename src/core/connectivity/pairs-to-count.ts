import type { PairKey } from './plan'
import type { PairResult } from './types'

/**
 * The pairs for which it is worth counting how much gets lost: where some pings came back and some did not, one pair for
 * each two hosts in each direction: twenty pings alone may be lucky.
 */
export function pairsToCount(pairs: readonly PairResult[]): readonly PairKey[] {
  const byHosts = new Map<string, PairKey>()
  for (const { from, to, checks } of pairs) {
    const isLossy = checks.some(({ pings }) => pings && pings.received > 0 && pings.received < pings.sent)
    const hosts = `${from.hostId} ${to.hostId}`
    if (isLossy && from.hostId !== to.hostId && !byHosts.has(hosts))
      byHosts.set(hosts, { from: from.containerId, to: to.containerId })
  }
  return [...byHosts.values()]
}
