import type { PairKey } from '../../core/connectivity/plan'
import type { Peer } from '../../core/connectivity/types'
import type { ConnectivityRun } from '../../core/connectivity/run'
import { nameKey } from '../../core/connectivity/names/types'
import { withBefore } from '../../core/connectivity/earlier-run'
import type { NetworkMember } from '../../core/model/network'
import { runConnectivityTest, type ConnectivityTestOptions } from '../connectivity-service'
import type { FleetAccess } from '../fleet-access'
import { findNetwork } from '../fleet-lookup'
import { mergeRuns } from './merge-runs'

/** What is to be tested again. */
export interface Retest {
  /** The network as it is now: one that was made anew has another key than the last run's. */
  readonly networkKey: string
  readonly last: ConnectivityRun
}

/**
 * After a fix: tests only the pairs that did not pass, and gives the whole as it is now with what was before. A container
 * that was made anew under its name stands for the one that was tested. A cancelled run has only what was asked again by
 * then: keep the last one instead.
 *
 * @throws SwarmNetworksError as `runConnectivityTest` does
 */
export async function retestFailed(
  fleet: FleetAccess,
  { networkKey, last }: Retest,
  options: Omit<ConnectivityTestOptions, 'from' | 'to' | 'onlyPairs'>,
): Promise<ConnectivityRun> {
  const members = findNetwork(fleet.fleet, networkKey)?.members ?? []
  const onlyPairs = failedPairs(last, members)
  // What the hosts said against themselves is not over because nobody asks them again.
  const alwaysAsksHosts = last.reading !== undefined
  const onlyNames = (last.names ?? []).filter(({ result }) => result === 'fail').map(nameKey)
  const newer = await runConnectivityTest(fleet, networkKey, {
    ...{ ...options, onlyPairs, alwaysAsksHosts },
    ...(onlyNames.length > 0 && { onlyNames }),
  })
  if (newer.isCancelled) return withBefore(newer, last)
  // The fleet may know more by now than before the test.
  const network = findNetwork(fleet.fleet, networkKey) ?? { members }
  return withBefore(mergeRuns({ last, newer, network }), last)
}

function failedPairs({ pairs }: ConnectivityRun, members: readonly NetworkMember[]): readonly PairKey[] {
  const byId = new Set(members.map(({ containerId }) => containerId))
  const byPlace = new Map(members.map((member) => [`${member.hostId} ${member.container}`, member.containerId]))
  const idNow = ({ containerId, hostId, container }: Peer) =>
    byId.has(containerId) ? containerId : (byPlace.get(`${hostId} ${container}`) ?? containerId)
  return pairs.filter(({ result }) => result !== 'pass').map(({ from, to }) => ({ from: idNow(from), to: idNow(to) }))
}
