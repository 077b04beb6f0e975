import { SwarmNetworksError } from '../../core/errors'
import { isPredefined } from '../../core/forms/predefined-networks'
import type { Fleet } from '../../core/model/fleet'
import type { FleetNetwork, NetworkMember } from '../../core/model/network'
import { findNetwork, type PlacedContainer } from '../fleet-lookup'
import type { NodeSubject } from '../tree/tree-node'
import type { PickItem } from '../ui'
import type { Command, CommandContext } from './command'
import { chooseContainer, nameOf, refuseUnlessRunning } from './shared/choose-container'
import { testSome } from './shared/test-network'
import { untilKnown } from './shared/until'

const title = 'Test Connectivity from Container'

/** From one container to the others on a network, or to those of them that the user picks. */
export const testFromContainer: Command = {
  id: 'swarmNetworks.testFromContainer',
  async run(context, subject) {
    const { ui } = context
    const from = await chooseContainer(context, subject, {
      title,
      none: 'There is no running container with another one on its networks.',
      refuse: (placed) =>
        refuseUnlessRunning(placed) ?? (subject === undefined ? refuseAlone(context.fleet.fleet, placed) : undefined),
    })
    if (from === undefined) return
    const network = await chooseNetworkOf(context, from, subject)
    if (network === undefined) return
    const others = othersOn(network, from)
    const to = await ui.pickMany(others.map(memberItem), {
      title,
      placeholder: `From ${nameOf(from)} on ${network.name} to…`,
    })
    if (to === undefined || to.length === 0) return
    const isAll = to.length === others.length
    await testSome(context, network, { from: from.container.id, ...(!isAll && { to }) })
  },
}

/** The node's network, the container's only one, or the one the user picks among those with somebody to reach. */
async function chooseNetworkOf(
  context: CommandContext,
  from: PlacedContainer,
  subject: NodeSubject | undefined,
): Promise<FleetNetwork | undefined> {
  const key = subject?.kind === 'container' ? subject.networkKey : undefined
  // A container that was started a moment ago is not yet in every view of its network.
  const networks = (await untilKnown(context, () => atLeastOne(testable(context.fleet.fleet, from)))) ?? []
  const network = key === undefined ? undefined : findNetwork(context.fleet.fleet, key)
  if (network !== undefined && networks.includes(network)) return network
  const [first, ...more] = networks
  if (first === undefined)
    throw new SwarmNetworksError('unsupported', `There is no other container on the networks of ${nameOf(from)}`, {
      remedy: 'Run another container on one of them first.',
    })
  if (more.length === 0) return first
  const items = networks.map((candidate) => ({
    label: candidate.name,
    description: candidate.driver,
    detail: `${othersOn(candidate, from).length} other containers`,
    icon: 'type-hierarchy',
    value: candidate,
  }))
  return context.ui.pick(items, { title, placeholder: `Network of ${nameOf(from)}` })
}

function refuseAlone(fleet: Fleet, placed: PlacedContainer): string | undefined {
  return testable(fleet, placed).length > 0 ? undefined : `${nameOf(placed)} is alone on its networks`
}

function testable(fleet: Fleet, from: PlacedContainer): readonly FleetNetwork[] {
  return fleet.networks.filter(
    (network) =>
      !isPredefined(network) &&
      network.members.some((member) => isSame(member, from)) &&
      othersOn(network, from).length > 0,
  )
}

function atLeastOne<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length > 0 ? list : undefined
}

function othersOn({ members }: FleetNetwork, from: PlacedContainer): readonly NetworkMember[] {
  return members.filter((member) => !isSame(member, from))
}

function isSame(member: NetworkMember, { host, container }: PlacedContainer): boolean {
  return member.containerId === container.id && member.hostId === host.id
}

function memberItem({ container, containerId, host, address, isRunning }: NetworkMember): PickItem<string> {
  return {
    label: container,
    description: [host, isRunning ? (address ?? '') : 'not running'].filter((part) => part !== '').join(' · '),
    isPicked: true,
    value: containerId,
  }
}
