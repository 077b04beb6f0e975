import { SwarmNetworksError } from '../../errors'
import type { FleetNetwork } from '../../model/network'
import { enumerate } from '../../text/count'
import type { RepairDraft } from '../plan'
import { memberName, type MemberEndpoint, type NetworkMembers } from './member-endpoint'
import { connectStep, disconnectStep } from './steps'

/**
 * Takes containers off a network and joins them again as they were: the engine makes their endpoint anew, and tells the
 * other hosts. It mends what a lost gossip message or an engine's crash left behind.
 *
 * @param containerIds which of the members
 * @throws `unsupported` for the task of a service, which only the swarm can join
 * @throws `not-found` where none of them is on the network any more
 */
export function planReconnectContainers(
  { network, members }: NetworkMembers,
  containerIds: readonly string[],
): RepairDraft {
  const chosen = members.filter(({ containerId }) => containerIds.includes(containerId))
  refuseTasks(chosen)
  if (chosen.length === 0)
    throw new SwarmNetworksError('not-found', `None of the containers is on ${network.name} any more`)
  return {
    id: 'reconnect-containers',
    title: `Reconnect ${enumerate(chosen.map(memberName))} to ${network.name}`,
    hostIds: [...new Set(chosen.map(({ host }) => host.id))],
    consequences: [
      ...chosen
        .filter(({ isRunning }) => isRunning)
        .map(
          (member) =>
            `Connections of ${memberName(member)} over ${network.name} break, and it may get another address there.`,
        ),
      ...fixedAddressNotes(network),
    ],
    risk: 'medium',
    steps: chosen.flatMap((member) => [disconnectStep(network.name, member), connectStep(network.name, member)]),
  }
}

/** @throws `unsupported` where the swarm put one of them on the network */
export function refuseTasks(members: readonly MemberEndpoint[]): void {
  const services = [...new Set(members.flatMap(({ service }) => service ?? []))]
  if (services.length === 0) return
  const are = services.length === 1 ? 'is a service' : 'are services'
  throw new SwarmNetworksError('unsupported', `${enumerate(services)} ${are}: only the swarm joins tasks to networks`, {
    remedy: 'Let the swarm replace the tasks (Replace Tasks of the Service…), or change the service itself.',
  })
}

/** What is lost of fixed addresses where engines do not tell them. */
export function fixedAddressNotes({ scope }: Pick<FleetNetwork, 'scope'>): readonly string[] {
  if (scope !== 'swarm') return []
  return ['An address that was chosen with --ip is not kept: engines do not tell it from one that the swarm chose.']
}
