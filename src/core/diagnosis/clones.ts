import { groupBy } from '../collections/group-by'
import type { HostReading, HostsReading } from '../host-checks/hosts-reading'

/** Hosts that are one and the same node to the swarm, together: copies of one machine. */
export function clones({ hosts }: Pick<HostsReading, 'hosts'>): readonly (readonly [HostReading, ...HostReading[]])[] {
  const members = hosts.filter(({ swarm }) => swarm.nodeId !== undefined)
  return [...groupBy(members, ({ swarm }) => swarm.nodeId).values()].filter(({ length }) => length > 1)
}

/** Whether a host has such a copy: then gossip with it says nothing of ports, because the two take each other’s place. */
export function hasClone({ hosts }: Pick<HostsReading, 'hosts'>, { hostId, swarm: { nodeId } }: HostReading): boolean {
  return nodeId !== undefined && hosts.some((other) => other.hostId !== hostId && other.swarm.nodeId === nodeId)
}
