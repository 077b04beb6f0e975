import type { Fleet } from '../model/fleet'
import type { FleetNetwork } from '../model/network'
import { clusterOfNetwork } from './clusters'
import { isReady, type ReadyHost } from './swarms'

/**
 * The hosts on which a container can be put on a network now: a local network's own; for a swarm's, every reachable node
 * that takes tasks (a drained one lets the attachment wait for 20 s and fail); for a key-value store's, every engine that
 * answers and shares the store. A worker that does not list a swarm's network yet is among them: the first container
 * brings it there.
 */
export function hostsForNetwork(fleet: Fleet, network: FleetNetwork): readonly ReadyHost[] {
  const hosts = clusterOfNetwork(fleet, network)?.hosts ?? fleet.hosts.filter(({ id }) => network.hostIds.includes(id))
  return hosts
    .filter(isReady)
    .filter(({ availability }) => network.scope !== 'swarm' || (availability ?? 'active') === 'active')
}
