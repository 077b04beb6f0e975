import { SwarmNetworksError } from '../../../core/errors'
import type { Container } from '../../../core/model/container'
import type { Host } from '../../../core/model/host'
import type { EngineClient } from '../../../core/ports/engine'
import { allContainers, findContainer, findHost, type PlacedContainer } from '../../fleet-lookup'
import type { NodeSubject } from '../../tree/tree-node'
import type { CommandContext } from '../command'
import { atHost, ownDeadline } from './at-host'
import { notify } from './notify'

/** A container that a command acts on, and the engine that has it. */
export interface ChosenContainer extends PlacedContainer {
  readonly client: EngineClient
}

/** Which containers come into question, and what is said to whom has none. */
export interface ContainerQuestion {
  readonly title: string
  /** What is said when no container comes into question. */
  readonly none: string
  /** Why this container does not come into question; undefined where it does. */
  readonly refuse?: (placed: PlacedContainer) => string | undefined
}

/**
 * The container of a tree node, or the one the user picks. Undefined when the user leaves, or after saying that there
 * is none.
 *
 * @throws `not-found` when the node's container is gone, `unsupported` when it is refused
 */
export async function chooseContainer(
  context: CommandContext,
  subject: NodeSubject | undefined,
  question: ContainerQuestion,
): Promise<ChosenContainer | undefined> {
  const placed = subject?.kind === 'container' ? await known(context, subject, question) : await ask(context, question)
  return placed && { ...placed, client: context.fleet.client(placed.host.id) }
}

type ContainerSubject = Extract<NodeSubject, { readonly kind: 'container' }>

async function known(
  context: CommandContext,
  subject: ContainerSubject,
  question: ContainerQuestion,
): Promise<PlacedContainer> {
  const placed = await resolveContainer(context, subject)
  const problem = question.refuse?.(placed)
  if (problem !== undefined) throw new SwarmNetworksError('unsupported', problem, { host: placed.host.name })
  return placed
}

/**
 * The container in the newest fleet; one that was made a moment ago may not be in there yet, and then its engine is
 * asked.
 */
export async function resolveContainer(context: CommandContext, subject: ContainerSubject): Promise<PlacedContainer> {
  const { hostId, containerId } = subject
  const placed = findContainer(context.fleet.fleet, hostId, containerId)
  if (placed !== undefined) return placed
  const host = requireHost(context, hostId)
  const client = context.fleet.client(hostId)
  const [container] = await atHost(host, () => client.containers.list(ownDeadline(), [containerId]))
  if (container !== undefined) return { host, container }
  throw new SwarmNetworksError('not-found', `The container ${containerId.slice(0, 12)} does not exist any more`, {
    host: host.name,
  })
}

/** @throws `not-found` when the host is not part of the fleet any more */
export function requireHost(context: CommandContext, hostId: string): Host {
  const host = findHost(context.fleet.fleet, hostId)
  if (host !== undefined) return host
  throw new SwarmNetworksError('not-found', 'That host is not part of the fleet any more')
}

async function ask(context: CommandContext, question: ContainerQuestion): Promise<PlacedContainer | undefined> {
  const candidates = allContainers(context.fleet.fleet).filter((placed) => question.refuse?.(placed) === undefined)
  if (candidates.length === 0) {
    notify(context, 'info', question.none)
    return undefined
  }
  return context.ui.pick(candidates.map(containerItem), { title: question.title, placeholder: 'Container' })
}

/** A container as an item of a list: its name, its host, what it is. */
export function containerItem(placed: PlacedContainer) {
  const { host, container } = placed
  return {
    label: container.name,
    description: `${host.name} · ${container.state}`,
    detail: [container.image, ...container.attachments.map(({ networkName }) => networkName)].join(' · '),
    icon: container.state === 'running' ? 'vm-running' : 'vm-outline',
    value: placed,
  }
}

/** `web at tolkewitz`: every action names its host. */
export function nameOf({
  host,
  container,
}: {
  readonly host: Host
  readonly container: Pick<Container, 'name'>
}): string {
  return `${container.name} at ${host.name}`
}

/** A `refuse` for what needs a process in the container. */
export function refuseUnlessRunning({ host, container }: PlacedContainer): string | undefined {
  if (container.state === 'running') return undefined
  return `The container ${nameOf({ host, container })} does not run (${container.state})`
}
