import { isGossip, mayBeOnItsWay } from '../connectivity/names/doubtful-names'
import { failuresOf, type TestOutcome } from '../diagnosis/evidence'
import { nodeOf } from '../diagnosis/host-failures'
import { dialsTo, gossipGaps, isolatedHosts } from './gossip'
import type { HostReading, HostsReading } from './hosts-reading'

/**
 * Whether names and peers may only be on their way: gossip finds a host again within 45 seconds (measured with Docker 20.10).
 * Not so where something says outright that nothing will come: a port that does not answer, a node that is down.
 */
export function isUnsettled({ network, pairs, names = [], reading }: TestOutcome): boolean {
  if (reading === undefined || network.driver !== 'overlay' || network.scope !== 'swarm') return false
  const gaps = gossipGaps(reading)
  if (gaps.length > 0) {
    return gaps.some(({ host }) => !isSilent(reading, host) && nodeOf(reading, host)?.state !== 'down')
  }
  const isolated = isolatedHosts(reading)
  if (isolated.length > 0) return isolated.some((host) => !isSilent(reading, host))
  if (names.some(mayBeOnItsWay)) return true
  return failuresOf(pairs).some(({ pair: { from, to }, check }) => {
    if (from.hostId === to.hostId) return false
    return isGossip(check)
  })
}

/** Whether the port of its gossip does not answer others. */
function isSilent(reading: HostsReading, host: HostReading): boolean {
  return dialsTo(reading, host, 7946).some(
    ({ check }) => check.observation === 'lost' || check.observation === 'no-route',
  )
}
