import { groupBy } from '../core/collections/group-by'
import type { Container } from '../core/model/container'
import type { EngineSnapshot } from '../core/model/engine'
import type { Fleet } from '../core/model/fleet'
import type { Host } from '../core/model/host'
import type { FleetNetwork } from '../core/model/network'
import type { SwarmService, Task } from '../core/model/service'

/** A container and the host that it is on. */
export interface PlacedContainer {
  readonly host: Host
  readonly container: Container
}

/** The host with this ID; undefined once it left the fleet. */
export function findHost(fleet: Fleet, hostId: string): Host | undefined {
  return hostsById(fleet).get(hostId)
}

/** The network with this key; undefined once no reachable host lists it. */
export function findNetwork(fleet: Fleet, networkKey: string): FleetNetwork | undefined {
  return networksByKey(fleet).get(networkKey)
}

/** The container on that host; undefined once it is gone, or while the host does not answer. */
export function findContainer(fleet: Fleet, hostId: string, containerId: string): PlacedContainer | undefined {
  const host = findHost(fleet, hostId)
  const container = host?.engine && containersById(host.engine).get(containerId)
  return host && container && { host, container }
}

/** The host that is this swarm node; undefined for one that no manager in reach knows. */
export function findNodeHost(fleet: Fleet, nodeId: string): Host | undefined {
  return hostsByNode(fleet).get(nodeId)
}

/** The service with this ID; undefined once no manager in reach lists it. */
export function findService(fleet: Fleet, serviceId: string): SwarmService | undefined {
  return servicesById(fleet.services).get(serviceId)
}

/** A task and the service that it belongs to. */
export interface ServiceTask {
  readonly service: SwarmService
  readonly task: Task
}

/** The task with this ID, whether it should be there or failed before. */
export function findTask(fleet: Fleet, taskId: string): ServiceTask | undefined {
  return tasksById(fleet.services).get(taskId)
}

/** The tasks that should be at this swarm node. */
export function tasksOfNode(fleet: Fleet, nodeId: string): readonly ServiceTask[] {
  return tasksByNode(fleet.services).get(nodeId) ?? []
}

/** Every container of every ready host. */
export function allContainers(fleet: Fleet): readonly PlacedContainer[] {
  return fleet.hosts.flatMap((host) => (host.engine?.containers ?? []).map((container) => ({ host, container })))
}

/**
 * A snapshot never changes, so what is found by id in it is sorted once; a tree of ten thousand nodes asks for each.
 * The indexes go when their snapshot goes.
 */
const hostsById = once((fleet: Fleet) => new Map(fleet.hosts.map((host) => [host.id, host])))
const networksByKey = once((fleet: Fleet) => new Map(fleet.networks.map((network) => [network.key, network])))
const hostsByNode = once((fleet: Fleet) => {
  const pairs = fleet.hosts.flatMap((host) => (host.nodeId === undefined ? [] : [[host.nodeId, host] as const]))
  // Clones share an ID: the first one is as good as the other.
  return new Map(pairs.toReversed())
})
const servicesById = once(
  (services: readonly SwarmService[]) => new Map(services.map((service) => [service.id, service])),
)
const tasksById = once(
  (services: readonly SwarmService[]) =>
    new Map(
      services.flatMap((service) =>
        [...service.failures, ...service.tasks].map((task) => [task.id, { service, task }] as const),
      ),
    ),
)
const tasksByNode = once((services: readonly SwarmService[]) =>
  groupBy(
    services.flatMap((service) => service.tasks.map((task) => ({ service, task }))),
    ({ task }) => task.nodeId,
  ),
)
const containersById = once((engine: EngineSnapshot) => new Map(engine.containers.map((c) => [c.id, c])))

function once<S extends object, T>(compute: (snapshot: S) => T): (snapshot: S) => T {
  const known = new WeakMap<S, T>()
  return (snapshot) => {
    const found = known.get(snapshot)
    if (found !== undefined) return found
    const computed = compute(snapshot)
    known.set(snapshot, computed)
    return computed
  }
}
