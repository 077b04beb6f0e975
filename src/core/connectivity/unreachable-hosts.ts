import { nodeSuccessor } from '../fleet/node-successor'
import type { SwarmNode } from '../model/engine'
import type { Fleet } from '../model/fleet'
import type { Host } from '../model/host'
import { isOverlay, type FleetNetwork } from '../model/network'
import type { UnreachableHost } from './types'

/**
 * Hosts that may have members of the network and whose engine cannot be asked for them now. Where a manager of the
 * network's swarm answers, it knows which machines these can be at all; what a machine left behind that has joined anew is
 * none.
 */
export function unreachableHosts(fleet: Fleet, network: FleetNetwork): readonly UnreachableHost[] {
  const nodes = swarmNodes(fleet, network)
  const mayHaveMembers = (host: Host) => {
    if (!isOverlay(network)) return network.hostIds.includes(host.id)
    // An engine is in a swarm or has a key-value store, never both.
    if (network.scope === 'global') return host.nodeId === undefined
    if (nodes.length === 0) return true
    return nodes.some(({ id }) => id === host.nodeId) && nodeSuccessor(host, nodes) === undefined
  }
  return fleet.hosts
    .filter((host) => host.engine === undefined && mayHaveMembers(host))
    .map((host) => ({ hostId: host.id, host: host.name, reason: reasonOf(host) }))
}

function swarmNodes(fleet: Fleet, network: FleetNetwork): readonly SwarmNode[] {
  if (network.scope !== 'swarm') return []
  const engines = fleet.hosts.filter(({ id }) => network.hostIds.includes(id)).flatMap(({ engine }) => engine ?? [])
  return engines.flatMap(({ nodes }) => nodes)
}

function reasonOf({ state, failure, nodeState }: Host): string {
  if (failure) return failure.message
  switch (state) {
    case 'disabled':
      return 'It is switched off in the list of hosts.'
    case 'unknown':
      return `No way in to this swarm node is known${nodeState === 'down' ? ', and a manager says that it is down' : ''}.`
    case 'connecting':
      return 'It is still being connected to.'
    case 'ready':
    case 'unreachable':
    case 'unauthorized':
      return `Its engine cannot be asked (${state}).`
  }
}
