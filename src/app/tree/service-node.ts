import { goalOf, slotKey } from '../../core/fleet/service-progress'
import { taskRemedies, waitsForNodes } from '../../core/fleet/task-remedy'
import type { Host } from '../../core/model/host'
import type { Service, ServicePort, SwarmService, Task, TaskState } from '../../core/model/service'
import { codeSpan, definitionList, escapeMarkdown } from '../../core/text/markdown'
import { formatMoment } from '../../core/text/moment'
import { singleLine } from '../../core/text/single-line'
import { colors, contextOf, describe, labelOf, speak } from './node-parts'
import type { TreeNode } from './tree-node'

/** A service of the Services view; its tasks are below it. */
export function serviceNode(service: SwarmService, now: number): TreeNode {
  const { name, image, problem } = service
  const scale = formatScale(service)
  const ports = service.ports.flatMap((port) => formatPublished(port) ?? [])
  return {
    id: `service:${service.id}`,
    subject: { kind: 'service', serviceId: service.id },
    label: labelOf(name),
    description: describe(
      scale,
      isShort(service) ? problem && singleLine(problem, 120) : undefined,
      image,
      ports.join(', '),
    ),
    tooltip: serviceTooltip(service, now),
    accessibleText: speak(`Service ${name}`, scale, problem, `image ${image}`, ...ports.map((port) => `port ${port}`)),
    icon: serviceIcon(service),
    collapse: service.tasks.length + service.failures.length === 0 ? 'none' : 'collapsed',
    context: contextOf('service', isShort(service) ? waiting(problem) : undefined),
  }
}

/** What a task's row says besides the task itself. */
export interface TaskOptions {
  readonly service: SwarmService
  /** Where it is placed, as far as it is. */
  readonly host: Host | undefined
  readonly now: number
}

/** A task below its service; where its slot failed before, how is below it. */
export function serviceTaskNode(task: Task, options: TaskOptions): TreeNode {
  const { service, host } = options
  return {
    ...taskNode(task, options),
    id: `service:${service.id}/task:${task.id}`,
    description: describe(...summary(task, options), task.slot === undefined ? undefined : host?.name),
    collapse: failureOf(task, service) === undefined ? 'none' : 'collapsed',
  }
}

/** The last task of a slot that failed. */
export function failureNode(task: Task, options: TaskOptions): TreeNode {
  return {
    ...taskNode(task, options),
    id: `service:${options.service.id}/failure:${task.id}`,
    label: labelOf(`last failure of ${taskName(task, options)}`),
    description: describe(...summary(task, options), options.host?.name),
  }
}

/** A task below its node, of whose containers nothing is known. */
export function hostTaskNode(task: Task, options: TaskOptions & { readonly host: Host }): TreeNode {
  return {
    ...taskNode(task, options),
    id: `host:${options.host.id}/task:${task.id}`,
    label: labelOf(task.slot === undefined ? options.service.name : taskName(task, options)),
    description: describe(...summary(task, options), options.service.image),
  }
}

/** The last task that failed in this one's place. */
export function failureOf(task: Task, { failures }: SwarmService): Task | undefined {
  const key = slotKey(task)
  return failures.find((failure) => slotKey(failure) === key)
}

/** `web.1`; in the modes without slots the node's name says which one it is. */
function taskName({ slot, nodeId }: Task, { service, host }: Pick<TaskOptions, 'service' | 'host'>): string {
  return slot === undefined ? (host?.name ?? nodeId?.slice(0, 12) ?? service.name) : `${service.name}.${slot}`
}

function taskNode(task: Task, options: TaskOptions): TreeNode {
  const { service, host, now } = options
  const name = taskName(task, options)
  return {
    id: '',
    subject: { kind: 'task', serviceId: service.id, taskId: task.id },
    label: labelOf(name),
    description: '',
    tooltip: taskTooltip(task, options),
    accessibleText: speak(
      `Task ${name} of ${service.name}`,
      task.state,
      `since ${formatMoment(task.since, now)}`,
      task.error,
      host && `on ${host.name}`,
    ),
    icon: taskIcon(task, service),
    collapse: 'none',
    context: contextOf('task', waiting(task.error)),
  }
}

function summary(task: Task, { now }: TaskOptions): readonly (string | undefined)[] {
  return [task.state, `since ${formatMoment(task.since, now)}`, task.error && singleLine(task.error, 120)]
}

/** `2/3 replicas`; for jobs how many are done. */
export function formatScale({ mode, running, wanted }: SwarmService): string {
  const unit = { replicated: 'replicas', global: 'nodes', 'replicated-job': 'complete', 'global-job': 'complete' }[mode]
  return `${running}/${wanted} ${unit}`
}

/** `8080->80/tcp`, as the docker command line writes it; nothing for a port that is not published. */
export function formatPublished({ publishedPort, targetPort, protocol }: ServicePort): string | undefined {
  return publishedPort === undefined ? undefined : `${publishedPort}->${targetPort}/${protocol}`
}

function waiting(error: string | undefined): 'waits-for-node' | undefined {
  return error !== undefined && waitsForNodes(error) ? 'waits-for-node' : undefined
}

function remedyText(error: string | undefined): string | undefined {
  const remedies = error === undefined ? [] : taskRemedies(error)
  return remedies.length === 0 ? undefined : escapeMarkdown(remedies.join(' '))
}

function isShort({ running, wanted }: SwarmService): boolean {
  return running < wanted
}

function serviceIcon(service: SwarmService): TreeNode['icon'] {
  const color = () => {
    if (isShort(service)) return service.problem === undefined ? colors.waiting : colors.bad
    if (!service.isSettled) return colors.waiting
    return service.wanted === 0 ? colors.off : colors.good
  }
  return { name: 'layers', color: color() }
}

const over: readonly TaskState[] = ['complete', 'shutdown', 'remove']

function taskIcon(task: Task, service: Pick<Service, 'mode'>): TreeNode['icon'] {
  if (task.state === goalOf(service) || task.state === 'running')
    return { name: task.state === 'running' ? 'vm-running' : 'pass', color: colors.good }
  if (over.includes(task.state)) return { name: 'circle-slash', color: colors.off }
  if (task.state === 'unknown') return { name: 'question', color: colors.off }
  if (['failed', 'rejected', 'orphaned'].includes(task.state)) return { name: 'error', color: colors.bad }
  return task.error === undefined ? { name: 'sync', color: colors.waiting } : { name: 'warning', color: colors.bad }
}

function serviceTooltip(service: SwarmService, now: number): string {
  const { update } = service
  const problem = isShort(service) ? service.problem : undefined
  const rows = definitionList([
    ['Why not all', problem && escapeMarkdown(problem)],
    ['What helps', remedyText(problem)],
    ['Mode', service.mode],
    ['Scale', formatScale(service)],
    ['Image', codeSpan(service.image)],
    [
      'Ports',
      service.ports.map((port) => codeSpan(formatPublished(port) ?? `${port.targetPort}/${port.protocol}`)).join(', '),
    ],
    ['Update', update && escapeMarkdown([update.state, update.message].filter((text) => text !== '').join(': '))],
    ['ID', codeSpan(service.id)],
    ['Created', formatMoment(service.createdAt, now)],
    ['Changed', formatMoment(service.updatedAt, now)],
  ])
  return `**${escapeMarkdown(service.name)}** service\n\n${rows}`
}

function taskTooltip(task: Task, options: TaskOptions): string {
  const { service, host, now } = options
  const failure = failureOf(task, service)
  const rows = definitionList([
    ['State', `${task.state} since ${formatMoment(task.since, now)}`],
    ['Why', task.error && escapeMarkdown(task.error)],
    ['What helps', remedyText(task.error)],
    ['Wanted', task.desiredState],
    ['Host', host && escapeMarkdown(host.name)],
    ['Container', task.containerId && codeSpan(task.containerId.slice(0, 12))],
    ['ID', codeSpan(task.id)],
    [
      'Failed before',
      failure && failure.id !== task.id
        ? escapeMarkdown(`${failure.error ?? failure.state}, ${formatMoment(failure.since, now)}`)
        : undefined,
    ],
  ])
  return `**${escapeMarkdown(taskName(task, options))}** task of ${escapeMarkdown(service.name)}\n\n${rows}`
}
