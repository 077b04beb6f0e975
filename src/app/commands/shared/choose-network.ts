import { SwarmNetworksError } from '../../../core/errors'
import { isOverlay, type FleetNetwork } from '../../../core/model/network'
import { count } from '../../../core/text/count'
import { findNetwork } from '../../fleet-lookup'
import type { NodeSubject } from '../../tree/tree-node'
import type { PickItem, PickOptions } from '../../ui'
import type { CommandContext } from '../command'
import { notify } from './notify'
import { untilKnown } from './until'

/** Which networks come into question, and what is said to whom has none. */
export interface NetworkQuestion {
  readonly options: PickOptions
  /** What is said when no network comes into question. */
  readonly none: string
  /** Why this network does not come into question; undefined where it does. */
  readonly refuse?: (network: FleetNetwork) => string | undefined
}

/**
 * The network of a tree node (also of its test or a finding), or the one the user picks. Undefined when the user leaves,
 * or after saying that there is none.
 *
 * @throws `not-found` when the node's network is gone, `unsupported` when it is refused
 */
export async function chooseNetwork(
  context: CommandContext,
  subject: NodeSubject | undefined,
  question: NetworkQuestion,
): Promise<FleetNetwork | undefined> {
  const key = networkKeyOf(subject)
  if (key === undefined) return ask(context, question)
  const network = await requireNetwork(context, key)
  const problem = question.refuse?.(network)
  if (problem !== undefined) throw new SwarmNetworksError('unsupported', problem)
  return network
}

/** The network that a node is about; undefined for hosts, and for containers, which may be on several. */
export function networkKeyOf(subject: NodeSubject | undefined): string | undefined {
  if (subject?.kind === 'network' || subject?.kind === 'test-result' || subject?.kind === 'finding')
    return subject.networkKey
  return undefined
}

/** @throws `not-found` when no reachable host knows the network any more */
export async function requireNetwork(context: CommandContext, key: string): Promise<FleetNetwork> {
  const network = await untilKnown(context, () => findNetwork(context.fleet.fleet, key))
  if (network !== undefined) return network
  throw new SwarmNetworksError('not-found', 'No host that can be reached knows that network any more', {
    remedy: 'Refresh, or see in the Hosts view which hosts cannot be reached.',
  })
}

async function ask(context: CommandContext, question: NetworkQuestion): Promise<FleetNetwork | undefined> {
  const candidates = context.fleet.fleet.networks.filter((network) => question.refuse?.(network) === undefined)
  if (candidates.length === 0) {
    notify(context, 'info', question.none)
    return undefined
  }
  return context.ui.pick(candidates.toSorted(overlaysFirst).map(networkItem), question.options)
}

function overlaysFirst(a: FleetNetwork, b: FleetNetwork): number {
  return Number(isOverlay(b)) - Number(isOverlay(a))
}

function networkItem(network: FleetNetwork): PickItem<FleetNetwork> {
  const where = isOverlay(network) ? network.driver : `${network.driver} · ${network.hosts.join(', ')}`
  return {
    label: network.name,
    description: [where, ...network.subnets.map(({ subnet }) => subnet)].join(' · '),
    detail: count(network.members.length, 'container'),
    icon: isOverlay(network) ? 'type-hierarchy' : 'plug',
    value: network,
  }
}
