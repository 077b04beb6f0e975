import { describeError } from '../../core/errors'
import type { ManagerReading } from '../../core/host-checks/hosts-reading'
import type { SwarmNode } from '../../core/model/engine'
import type { EngineClient } from '../../core/ports/engine'
import { readOrNote, type HostCheckContext } from './host-checks'

/** What a manager says of its nodes, of the network, and of the containers' places on it. */
export async function readManager(context: HostCheckContext): Promise<ManagerReading | undefined> {
  const { fleet, hosts, network } = context
  const managers = hosts.filter(({ engine }) => engine?.info.swarm.isManager)
  // The leader's word is the newest.
  const manager = managers.find(({ isLeader }) => isLeader) ?? managers[0]
  if (manager === undefined) return undefined
  const attempt = <T>(what: string, read: (signal: AbortSignal) => Promise<T>) =>
    readOrNote(context, `${manager.name} was not asked for ${what}`, read)
  const client = await attempt('anything', () => Promise.resolve(fleet.client(manager.id)))
  if (client === undefined) return undefined
  const [nodes, attachments, view] = await Promise.all([
    readNodes(client, AbortSignal.any([context.signal])),
    attempt('the places of containers', (signal) => client.swarm.attachments(signal)),
    attempt(network.name, (signal) => client.networks.view(network.id, signal)),
  ])
  return {
    hostId: manager.id,
    name: manager.name,
    nodes: nodes.found ?? [],
    ...(nodes.failure !== undefined && { failure: nodes.failure }),
    attachments: attachments ?? [],
    ...(view && { view }),
  }
}

/** A refusal is an answer here: without a leader a manager lists no nodes, and says why. */
async function readNodes({ swarm }: EngineClient, signal: AbortSignal): Promise<NodesOrFailure> {
  try {
    return { found: await swarm.nodes(signal) }
  } catch (error) {
    return { failure: describeError(error) }
  }
}

interface NodesOrFailure {
  readonly found?: readonly SwarmNode[]
  readonly failure?: string
}
