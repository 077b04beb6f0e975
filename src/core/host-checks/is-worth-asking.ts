import { planPeers } from '../connectivity/plan-peers'
import { mayBeOnItsWay } from '../connectivity/names/doubtful-names'
import type { ConnectivityRun } from '../connectivity/run'
import type { Fleet } from '../model/fleet'
import type { FleetNetwork } from '../model/network'

/** Whether the hosts should be asked: something failed or never started, or what is known of them does not fit together. */
export function isWorthAsking(
  fleet: Fleet,
  network: FleetNetwork | undefined,
  { pairs, names = [] }: Pick<ConnectivityRun, 'pairs' | 'names'>,
): boolean {
  // What a service's own address does is no affair between hosts.
  if (pairs.some(({ result }) => result === 'fail') || names.some(mayBeOnItsWay)) return true
  if (network === undefined) return false
  if (network.driver === '' || planPeers(fleet, network).some(({ state }) => state === 'created')) return true
  if (network.scope !== 'swarm') return false
  // Its engine answers us, and its manager has lost it; or there is no leader.
  return fleet.hosts.some(
    ({ state, nodeState, engine }) =>
      state === 'ready' && (nodeState === 'down' || engine?.info.swarm.error !== undefined),
  )
}
