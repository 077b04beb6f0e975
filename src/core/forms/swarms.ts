import type { EngineSnapshot, SwarmNode } from '../model/engine'
import type { Fleet } from '../model/fleet'
import type { Host } from '../model/host'
import type { FleetNetwork } from '../model/network'

/** A host whose engine answers. */
export type ReadyHost = Host & { readonly engine: EngineSnapshot }

/** One swarm as its reachable managers know it. */
export interface Swarm {
  readonly clusterId: string
  /** The leader first, then by name. At least one. */
  readonly managers: readonly [ReadyHost, ...ReadyHost[]]
  /** Every host of the swarm, also those without a way in. */
  readonly hosts: readonly Host[]
}

/** Whether a host’s engine answers, so that its snapshot is there. */
export function isReady(host: Host): host is ReadyHost {
  return host.state === 'ready' && host.engine !== undefined
}

/**
 * The swarms of a fleet that have a reachable manager. Workers do not say which swarm they are in (`Swarm.Cluster` of
 * `GET /info` is a manager's): they belong to the one whose managers list their node.
 */
export function swarmsOf(fleet: Pick<Fleet, 'hosts'>): readonly Swarm[] {
  const managers = fleet.hosts
    .filter(isReady)
    .filter(({ engine }) => engine.info.swarm.isManager && engine.info.swarm.state === 'active')
  const byCluster = new Map<string, ReadyHost[]>()
  for (const manager of managers) {
    const clusterId = manager.engine.info.swarm.clusterId ?? manager.id
    byCluster.set(clusterId, [...(byCluster.get(clusterId) ?? []), manager])
  }
  return [...byCluster].flatMap(([clusterId, members]) => {
    const [first, ...others] = members.toSorted((a, b) => Number(b.isLeader) - Number(a.isLeader))
    if (first === undefined) return []
    const nodeIds = new Set(members.flatMap(({ engine }) => engine.nodes.map((node) => node.id)))
    const hosts = fleet.hosts.filter(
      (host) => members.some(({ id }) => id === host.id) || (host.nodeId !== undefined && nodeIds.has(host.nodeId)),
    )
    return [{ clusterId, managers: [first, ...others] as const, hosts }]
  })
}

/** The managers of a host's swarm, by the newest snapshot of one of them; undefined where none is reachable. */
export function managersOfHost(fleet: Pick<Fleet, 'hosts'>, hostId: string): readonly SwarmNode[] | undefined {
  const swarm = swarmsOf(fleet).find(({ hosts }) => hosts.some(({ id }) => id === hostId))
  // One that lost its leader lists nobody.
  return swarm?.managers
    .map(({ engine }) => engine.nodes.filter(({ role }) => role === 'manager'))
    .find(({ length }) => length > 0)
}

/** The swarm that a network belongs to: the one whose managers list it. */
export function swarmOfNetwork(
  fleet: Pick<Fleet, 'hosts'>,
  network: Pick<FleetNetwork, 'scope' | 'hostIds'>,
): Swarm | undefined {
  if (network.scope !== 'swarm') return undefined
  return swarmsOf(fleet).find(({ managers }) => managers.some(({ id }) => network.hostIds.includes(id)))
}
