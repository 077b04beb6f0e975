import { groupBy } from '../collections/group-by'
import { swarmsOf, type ReadyHost } from '../forms/swarms'
import type { SwarmNode } from '../model/engine'
import type { Host } from '../model/host'
import type { Service, ServiceReading, SwarmService, Task } from '../model/service'
import { progressOf } from './service-progress'

/** The host of each swarm that is asked about its services: the leader, or else a manager that could be asked. */
export function serviceSpeakers(hosts: readonly Host[]): readonly ReadyHost[] {
  return swarmsOf({ hosts }).map(
    ({ managers }) => managers.find(({ engine }) => engine.swarmServices !== undefined) ?? managers[0],
  )
}

/** The services of all swarms with a reachable manager, each with its tasks; sorted by name. */
export function joinServices(hosts: readonly Host[]): readonly SwarmService[] {
  const lists = serviceSpeakers(hosts).map((manager) => servicesOf(manager))
  // The usual case, in which the list stays the same one while nothing changed.
  const [only, ...others] = lists
  return others.length === 0 ? (only ?? []) : lists.flat().sort(byName)
}

function byName(a: Service, b: Service): number {
  return a.name.localeCompare(b.name, 'en', { numeric: true }) || a.id.localeCompare(b.id, 'en')
}

interface Joined {
  readonly nodes: readonly SwarmNode[]
  readonly managerId: string
  readonly services: readonly SwarmService[]
}

/** The fleet is joined anew for each event of any host, and ten thousand tasks rarely changed since. */
const joined = new WeakMap<ServiceReading, Joined>()

function servicesOf({ id: managerId, engine: { swarmServices: reading, nodes } }: ReadyHost): readonly SwarmService[] {
  if (reading === undefined) return []
  const known = joined.get(reading)
  if (known?.nodes === nodes && known.managerId === managerId) return known.services
  const services = join(reading, { nodes, managerId })
  joined.set(reading, { nodes, managerId, services })
  return services
}

function join(
  reading: ServiceReading,
  { nodes, managerId }: Pick<Joined, 'nodes' | 'managerId'>,
): readonly SwarmService[] {
  const downNodes = new Set(nodes.filter(({ state }) => state === 'down').map(({ id }) => id))
  const nodeNames = new Map(nodes.map(({ id, hostName }) => [id, hostName]))
  const tasks = groupBy(reading.tasks, ({ serviceId }) => serviceId)
  const failures = groupBy(reading.failures, ({ serviceId }) => serviceId)
  return reading.services.toSorted(byName).map((service) => {
    const own = (tasks.get(service.id) ?? []).toSorted(byPlace(nodeNames))
    const failed = failures.get(service.id) ?? []
    const progress = progressOf(service, own, downNodes)
    // A service whose tasks die at once has one that is about to start most of the time: only its past says why.
    const problem = progress.problem ?? (progress.running < progress.wanted ? newest(failed)?.error : undefined)
    return {
      ...service,
      ...progress,
      managerId,
      tasks: own,
      failures: failed,
      ...(problem !== undefined && { problem }),
    }
  })
}

function byPlace(nodeNames: ReadonlyMap<string, string>): (a: Task, b: Task) => number {
  const name = ({ nodeId = '' }: Task) => nodeNames.get(nodeId) ?? nodeId
  return (a, b) =>
    (a.slot ?? 0) - (b.slot ?? 0) || (name(a) < name(b) ? -1 : name(a) > name(b) ? 1 : 0) || a.createdAt - b.createdAt
}

function newest(tasks: readonly Task[]): Task | undefined {
  return tasks.reduce<Task | undefined>(
    (last, task) => (last === undefined || last.since < task.since ? task : last),
    undefined,
  )
}
