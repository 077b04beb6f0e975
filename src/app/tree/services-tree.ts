import type { SwarmService, Task } from '../../core/model/service'
import { slotKey } from '../../core/fleet/service-progress'
import { findNodeHost, findService } from '../fleet-lookup'
import { failureNode, failureOf, serviceNode, serviceTaskNode, type TaskOptions } from './service-node'
import type { TreeInput } from './tree-input'
import type { TreeNode } from './tree-node'

/** The Services view: the services of every swarm with a manager that can be reached, by name. */
export function serviceRoots({ fleet, now }: TreeInput): readonly TreeNode[] {
  return fleet.services.map((service) => serviceNode(service, now))
}

/** What is below a node of the Services view: a service's tasks, and below a task how its slot failed before. */
export function serviceChildren({ id, subject }: TreeNode, input: TreeInput): readonly TreeNode[] {
  if (subject.kind !== 'service' && subject.kind !== 'task') return []
  const service = findService(input.fleet, subject.serviceId)
  if (service === undefined) return []
  const options = (task: Task): TaskOptions => ({ service, host: hostOf(task, input), now: input.now })
  if (subject.kind === 'service') {
    return [
      ...service.tasks.map((task) => serviceTaskNode(task, options(task))),
      ...leftOver(service).map((failure) => failureNode(failure, options(failure))),
    ]
  }
  // A failure's own row has the same kind of subject, and nothing below it.
  const task = service.tasks.find(
    (candidate) => candidate.id === subject.taskId && id.endsWith(`/task:${candidate.id}`),
  )
  const failure = task && failureOf(task, service)
  return failure === undefined ? [] : [failureNode(failure, options(failure))]
}

/** Failures in whose place there is no task now: the service is not to be started again. */
function leftOver({ tasks, failures }: SwarmService): readonly Task[] {
  const taken = new Set(tasks.map(slotKey))
  return failures.filter((failure) => !taken.has(slotKey(failure)))
}

function hostOf({ nodeId }: Task, { fleet }: TreeInput) {
  return nodeId === undefined ? undefined : findNodeHost(fleet, nodeId)
}
