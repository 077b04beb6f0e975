import { SwarmNetworksError } from '../../core/errors'
import type { FleetNetwork } from '../../core/model/network'
import { planReconnectContainers } from '../../core/repair/network/reconnect-containers'
import { networkMembers } from '../repair/network-members'
import type { NodeSubject } from '../tree/tree-node'
import type { Command, CommandContext } from './command'
import { chooseContainer } from './shared/choose-container'
import { requireFinding } from './shared/choose-finding'
import { requireNetwork } from './shared/choose-network'
import { repairNetwork } from './shared/repair-network'

const title = 'Reconnect to Network'

/** Takes containers off a network and joins them again as they were; from a finding, those that it names. */
export const reconnectContainers: Command = {
  id: 'swarmNetworks.reconnectContainers',
  async run(context, subject) {
    const chosen = await choose(context, subject)
    if (chosen === undefined) return
    const { network, containerIds } = chosen
    const members = await context.ui.progress(`Looking at who is on ${network.name}`, (_reporter, signal) =>
      networkMembers(context.fleet, network, signal),
    )
    await repairNetwork(context, planReconnectContainers(members, containerIds), network)
  },
}

interface Chosen {
  readonly network: FleetNetwork
  readonly containerIds: readonly string[]
}

async function choose(context: CommandContext, subject: NodeSubject | undefined): Promise<Chosen | undefined> {
  if (subject?.kind === 'finding') {
    const { fix, networkKey } = requireFinding(context, subject, 'reconnect-containers')
    return { network: await requireNetwork(context, networkKey), containerIds: fix.containerIds }
  }
  const placed = await chooseContainer(context, subject, {
    title,
    none: 'There is no container on an overlay network on any host that can be reached.',
    refuse: ({ container }) => (container.attachments.length > 0 ? undefined : `${container.name} is on no network`),
  })
  if (placed === undefined) return undefined
  const network = await networkOf(context, placed.container.id, subject)
  return network && { network, containerIds: [placed.container.id] }
}

/** The network below which the container was clicked; else the one that the user picks of those it is on. */
async function networkOf(
  context: CommandContext,
  containerId: string,
  subject: NodeSubject | undefined,
): Promise<FleetNetwork | undefined> {
  if (subject?.kind === 'container' && subject.networkKey !== undefined)
    return requireNetwork(context, subject.networkKey)
  const networks = context.fleet.fleet.networks.filter(({ members }) =>
    members.some((member) => member.containerId === containerId),
  )
  const [first, ...others] = networks
  if (first === undefined) throw new SwarmNetworksError('not-found', 'The container is on no network that is known')
  if (others.length === 0) return first
  return context.ui.pick(
    networks.map((network) => ({ label: network.name, description: network.driver, value: network })),
    { title, placeholder: 'Network' },
  )
}
