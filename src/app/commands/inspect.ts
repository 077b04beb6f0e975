import { SwarmNetworksError } from '../../core/errors'
import { isReady, swarmOfNetwork, type ReadyHost } from '../../core/forms/swarms'
import type { FleetNetwork } from '../../core/model/network'
import { findHost } from '../fleet-lookup'
import type { NodeSubject } from '../tree/tree-node'
import type { Command, CommandContext } from './command'
import { askSubject } from './shared/ask-subject'
import { atHost } from './shared/at-host'
import { chooseContainer, nameOf, requireHost } from './shared/choose-container'
import { requireNetwork } from './shared/choose-network'
import { requireService } from './shared/require-service'

/** The engine’s own answer for a container, network, service or task, or what is known of a host, as a JSON document. */
export const inspect: Command = {
  id: 'swarmNetworks.inspect',
  async run(context, subject) {
    const about = subject ?? (await askSubject(context, 'Inspect'))
    const answer = about && (await read(context, about))
    if (answer === undefined) return
    const content = `${JSON.stringify(answer.value, undefined, 2)}\n`
    await context.ui.openDocument({ name: `${answer.name}.json`, content, show: 'text' })
  },
}

interface Answer {
  readonly name: string
  readonly value: unknown
}

function read(context: CommandContext, subject: NodeSubject): Promise<Answer | undefined> {
  if (subject.kind === 'host') return readHost(context, subject.hostId)
  if (subject.kind === 'network') return readNetwork(context, subject)
  if (subject.kind === 'service' || subject.kind === 'task') return readService(context, subject)
  return readContainer(context, subject)
}

async function readContainer(context: CommandContext, subject: NodeSubject): Promise<Answer | undefined> {
  const chosen = await chooseContainer(context, subject, {
    title: 'Inspect Container',
    none: 'There is no container on any host that can be reached.',
  })
  if (chosen === undefined) return undefined
  const { host, container, client } = chosen
  const details = await context.ui.progress(`Inspecting ${nameOf(chosen)}`, (_reporter, signal) =>
    atHost(host, () => client.containers.inspect(container.id, signal)),
  )
  return { name: `${container.name}@${host.name}`, value: details.raw }
}

async function readNetwork(
  context: CommandContext,
  subject: Extract<NodeSubject, { readonly kind: 'network' }>,
): Promise<Answer> {
  const network = await requireNetwork(context, subject.networkKey)
  const host = hostThatKnows(context, network, subject.hostId)
  const client = context.fleet.client(host.id)
  const value = await context.ui.progress(`Inspecting ${network.name} at ${host.name}`, (_reporter, signal) =>
    atHost(host, () => client.networks.inspect(network.id, signal)),
  )
  return { name: `${network.name}@${host.name}`, value }
}

/** From the manager that speaks for the swarm. */
async function readService(
  context: CommandContext,
  subject: Extract<NodeSubject, { readonly kind: 'service' | 'task' }>,
): Promise<Answer> {
  const { name, managerId } = requireService(context, subject.serviceId)
  const host = requireHost(context, managerId)
  const { swarm } = context.fleet.client(managerId)
  if (subject.kind === 'service') {
    const value = await context.ui.progress(`Inspecting ${name} at ${host.name}`, (_reporter, signal) =>
      atHost(host, () => swarm.inspectService(subject.serviceId, signal)),
    )
    return { name, value }
  }
  const task = `task ${subject.taskId.slice(0, 12)} of ${name}`
  const value = await context.ui.progress(`Inspecting ${task} at ${host.name}`, (_reporter, signal) =>
    atHost(host, () => swarm.inspectTask(subject.taskId, signal)),
  )
  return { name: `${name}.${subject.taskId.slice(0, 12)}`, value }
}

/** The host that was clicked; otherwise a manager, which knows most; otherwise any that knows the network. */
function hostThatKnows(context: CommandContext, network: FleetNetwork, hostId: string | undefined): ReadyHost {
  const { fleet } = context.fleet
  if (hostId !== undefined) {
    const host = requireHost(context, hostId)
    if (isReady(host)) return host
    throw new SwarmNetworksError('unreachable', `${host.name} cannot be reached now`, { host: host.name })
  }
  const manager = swarmOfNetwork(fleet, network)?.managers[0]
  const [first] = network.hostIds.flatMap((id) => findHost(fleet, id) ?? []).filter(isReady)
  const host = manager ?? first
  if (host !== undefined) return host
  throw new SwarmNetworksError('unreachable', `No host that knows ${network.name} can be reached now`)
}

async function readHost(context: CommandContext, hostId: string): Promise<Answer> {
  const host = requireHost(context, hostId)
  const client = context.fleet.client(hostId)
  const engine = await context.ui.progress(`Inspecting ${host.name}`, (_reporter, signal) =>
    atHost(host, () => client.system.info(signal)),
  )
  const { name, address, via, alsoVia, state, nodeId, role, isLeader, availability, nodeState } = host
  const value = { name, address, via, alsoVia, state, nodeId, role, isLeader, availability, nodeState, engine }
  return { name: host.name, value }
}
