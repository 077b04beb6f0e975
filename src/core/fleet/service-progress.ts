import { groupBy } from '../collections/group-by'
import type { Service, Task, TaskState } from '../model/service'

/** What a task has to become for its service to be as wanted: in the job modes it ends. */
export function goalOf({ mode }: Pick<Service, 'mode'>): TaskState {
  return mode === 'replicated-job' || mode === 'global-job' ? 'complete' : 'running'
}

export interface ServiceProgress {
  readonly running: number
  readonly wanted: number
  readonly isSettled: boolean
  readonly problem?: string
}

/**
 * How far a service is.
 *
 * @param tasks its own that should be there; in the global modes there is one for each node that takes it, so that
 * their number is what is wanted
 * @param downNodes IDs of nodes whose last word on a task means nothing any more
 */
export function progressOf(
  service: Service,
  tasks: readonly Task[],
  downNodes: ReadonlySet<string>,
): Required<Omit<ServiceProgress, 'problem'>> & Pick<ServiceProgress, 'problem'> {
  const goal = goalOf(service)
  const isThere = ({ state, nodeId }: Task) =>
    state === goal && (goal === 'complete' || nodeId === undefined || !downNodes.has(nodeId))
  const running = tasks.filter(isThere).length
  const wanted = service.replicas ?? tasks.length
  const problem = tasks.find((task) => task.error !== undefined && !isThere(task))?.error
  return {
    running,
    wanted,
    isSettled: running === wanted && tasks.every(isThere) && service.update === undefined,
    ...(problem !== undefined && { problem }),
  }
}

/** The most tasks whose services’ past is asked for: the swarm keeps five old tasks for each slot. */
const mostTasks = 1000
/** A task that is so much younger than its service’s last change took another’s place. In milliseconds. */
const restartAfterMs = 60_000

/**
 * IDs of the services whose old tasks may tell something: those that are not as wanted, and those of which a task was
 * started again. Bounded, so that a large swarm in trouble is not slower to read than a healthy one.
 */
export function servicesInTrouble(services: readonly Service[], tasks: readonly Task[]): readonly string[] {
  const byService = groupBy(tasks, ({ serviceId }) => serviceId)
  let room = mostTasks
  return services.flatMap((service) => {
    const own = byService.get(service.id) ?? []
    const isRestarted = own.some(({ createdAt }) => createdAt > service.updatedAt + restartAfterMs)
    if (!isRestarted && progressOf(service, own, new Set()).isSettled) return []
    const size = Math.max(1, own.length)
    if (size > room) return []
    room -= size
    return [service.id]
  })
}

const failed: readonly TaskState[] = ['failed', 'rejected']

/** Of old tasks, the last of each slot (of each node, where there are no slots) that failed. */
export function lastFailures(history: readonly Task[]): readonly Task[] {
  const bySlot = new Map<string, Task>()
  for (const task of history) {
    if (!failed.includes(task.state)) continue
    const key = slotKey(task)
    const known = bySlot.get(key)
    if (known === undefined || known.since < task.since) bySlot.set(key, task)
  }
  return [...bySlot.values()]
}

/** Equal for tasks that are tries at the same replica. */
export function slotKey({ serviceId, slot, nodeId }: Task): string {
  return `${serviceId} ${slot ?? nodeId ?? ''}`
}
