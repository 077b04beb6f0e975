import { gatewayBridge } from '../../core/connectivity/names/gateway-addresses'
import type { Container, ContainerPort, ContainerState } from '../../core/model/container'
import type { Task } from '../../core/model/service'
import { explainSecondAddress } from '../../core/fleet/second-address'
import { explainNamesOf } from '../../core/dialects/name-resolution'
import { codeSpan, definitionList, escapeMarkdown } from '../../core/text/markdown'
import { formatMoment } from '../../core/text/moment'
import type { PlacedContainer } from '../fleet-lookup'
import { colors, contextOf, describe, labelOf, speak } from './node-parts'
import type { TreeNode } from './tree-node'

/** A container below its host. */
export function hostContainerNode(placed: PlacedContainer, options: ContainerOptions): TreeNode {
  const { host, container } = placed
  const addresses = container.attachments.flatMap(({ address }) => address ?? [])
  return {
    ...containerNode(placed, options),
    id: `host:${host.id}/container:${container.id}`,
    subject: { kind: 'container', hostId: host.id, containerId: container.id },
    description: describe(
      ...notRunning(container),
      ...taskInWords(container, options),
      container.image,
      addresses.join(', '),
    ),
    accessibleText: speak(
      container.name,
      container.state,
      `image ${container.image}`,
      spoken(addresses),
      `on ${host.name}`,
    ),
  }
}

/** A container below a network that it is on. */
export function memberNode(placed: PlacedContainer, networkKey: string, options: MemberOptions): TreeNode {
  const { host, container } = placed
  const { address } = options
  return {
    ...containerNode(placed, options),
    id: `network:${networkKey}/container:${host.id}/${container.id}`,
    subject: { kind: 'container', hostId: host.id, containerId: container.id, networkKey },
    description: describe(...notRunning(container), ...taskInWords(container, options), address, host.name),
    accessibleText: speak(
      container.name,
      container.state,
      address === undefined ? undefined : spoken([address]),
      `on ${host.name}`,
    ),
  }
}

/** What a container's row depends on besides the container. */
export interface ContainerOptions {
  /** The task that it runs, where a manager could be asked. */
  readonly task: Task | undefined
  readonly now: number
  /** The last test left a finding about it that can be fixed. */
  readonly isFixable?: boolean
}

/** What is known of a container on one network. */
export interface MemberOptions extends ContainerOptions {
  /** On that network; absent while it does not run. */
  readonly address?: string
}

type Common = Omit<TreeNode, 'id' | 'subject' | 'description' | 'accessibleText'>

/** Containers of a snapshot that did not change look the same: a large fleet is drawn anew for one event. */
const drawn = new WeakMap<Container, { readonly key: string; readonly node: Common }>()

function containerNode(placed: PlacedContainer, { isFixable = false, ...options }: ContainerOptions): Common {
  const node = drawnNode(placed, options)
  return isFixable ? { ...node, context: `${node.context} ${contextOf('fixable')}` } : node
}

function drawnNode(placed: PlacedContainer, { task, now }: Omit<ContainerOptions, 'isFixable'>): Common {
  const { host, container } = placed
  // All else that it depends on: the host's name, version and gateway bridge, its task, and the day, which decides whether a moment has a date.
  const key = `${new Date(now).toDateString()} ${host.name} ${host.engineVersion ?? ''} ${hasGatewayBridge(host)} ${task?.state ?? ''} ${task?.error ?? ''}`
  const known = drawn.get(container)
  if (known?.key === key) return known.node
  const node = drawContainer(placed, { task, now })
  drawn.set(container, { key, node })
  return node
}

function hasGatewayBridge({ engine }: PlacedContainer['host']): boolean {
  return engine?.networks.some(({ name }) => name === gatewayBridge) === true
}

function drawContainer({ host, container }: PlacedContainer, options: ContainerOptions): Common {
  const isAddressed = container.attachments.some(({ address }) => address !== undefined && address !== '')
  return {
    label: labelOf(container.name),
    tooltip: tooltip({ host, container }, options),
    icon: icons[container.state],
    collapse: 'none',
    context: contextOf(
      'container',
      `state-${container.state}`,
      isAddressed ? 'addressed' : undefined,
      container.task && 'task-of-service',
    ),
  }
}

const icons: Readonly<Record<ContainerState, TreeNode['icon']>> = {
  running: { name: 'vm-running', color: colors.good },
  paused: { name: 'debug-pause', color: colors.waiting },
  restarting: { name: 'sync', color: colors.waiting },
  created: { name: 'vm-outline', color: colors.off },
  exited: { name: 'vm-outline', color: colors.off },
  removing: { name: 'trash', color: colors.off },
  dead: { name: 'error', color: colors.bad },
  unknown: { name: 'question', color: colors.off },
}

function notRunning(container: Container): readonly string[] {
  if (container.state === 'running') return []
  const code = exitCode(container)
  return [code === undefined ? container.state : `${container.state} with ${code}`]
}

/** The list has the exit status only in the engine's words: `Exited (137) 3 minutes ago`. */
function exitCode({ state, status }: Container): string | undefined {
  const code = state === 'exited' ? /^Exited \((\d+)\)/.exec(status)?.[1] : undefined
  return code === '0' ? undefined : code
}

function spoken(addresses: readonly string[]): string | undefined {
  return addresses.length === 0 ? undefined : `address ${addresses.join(' and ')}`
}

/** `web.1`, and the task's state where it says more than the container's own: the swarm may already have given it up. */
function taskInWords({ task: ref, state }: Container, { task }: ContainerOptions): readonly string[] {
  if (ref === undefined) return []
  const name = ref.slot === undefined ? ref.serviceName : `${ref.serviceName}.${ref.slot}`
  return task === undefined || (task.state === 'running' && state === 'running') ? [name] : [`${name} ${task.state}`]
}

function tooltip({ host, container }: PlacedContainer, { task, now }: ContainerOptions): string {
  const ref = container.task
  const networks = container.attachments.map(({ networkName, address, addressV6 }) =>
    `${escapeMarkdown(networkName)} ${[address, addressV6].flatMap((a) => (a ? codeSpan(a) : [])).join(' ')}`.trim(),
  )
  const rows = definitionList([
    ['State', escapeMarkdown(notRunning(container)[0] ?? container.state)],
    ['Host', escapeMarkdown(host.name)],
    ['Image', codeSpan(container.image)],
    ['Command', codeSpan(container.command)],
    ['ID', codeSpan(container.id.slice(0, 12))],
    ['Created', formatMoment(container.createdAt, now)],
    ['Networks', networks.join(', ')],
    ['Second address', escapeMarkdown(explainSecondAddress(container, host.engine?.networks ?? []) ?? '')],
    ['Names', escapeMarkdown(explainNamesOf(container.attachments, host.engineVersion) ?? '')],
    ['Ports', container.ports.map((port) => codeSpan(formatPort(port))).join(', ')],
    ['Service', ref && escapeMarkdown(ref.serviceName)],
    ['Slot', ref?.slot === undefined ? undefined : String(ref.slot)],
    [
      'Task',
      task &&
        escapeMarkdown([`${task.state} since ${formatMoment(task.since, now)}`, task.error].filter(Boolean).join(': ')),
    ],
    ['Labels', labels(container)],
  ])
  return `**${escapeMarkdown(container.name)}**\n\n${rows}`
}

/** As `docker ps` writes it: `0.0.0.0:8080->80/tcp`. */
function formatPort({ privatePort, protocol, publicPort, hostAddress }: ContainerPort): string {
  const inside = `${privatePort}/${protocol}`
  return publicPort === undefined ? inside : `${hostAddress ?? ''}:${publicPort}->${inside}`
}

const mostLabels = 8

function labels({ labels: all }: Container): string {
  const entries = Object.entries(all)
  const shown = entries.slice(0, mostLabels).map(([key, value]) => codeSpan(`${key}=${value}`))
  return [...shown, ...(entries.length > mostLabels ? [`${entries.length - mostLabels} more`] : [])].join(', ')
}
