import type { FleetNetwork } from '../../core/model/network'
import { takesContainers } from '../../core/model/network'
import { planConnectContainers } from '../../core/repair/network/connect-containers'
import { allContainers, type PlacedContainer } from '../fleet-lookup'
import { memberEndpoint } from '../repair/network-members'
import type { NodeSubject } from '../tree/tree-node'
import type { Command, CommandContext } from './command'
import { chooseContainer, containerItem } from './shared/choose-container'
import { requireFinding } from './shared/choose-finding'
import { chooseNetwork, requireNetwork } from './shared/choose-network'
import { repairNetwork } from './shared/repair-network'

const title = 'Connect to Network'

/** Joins containers to a network: those that a finding names, or one of the user's choice. */
export const connectContainers: Command = {
  id: 'swarmNetworks.connectContainers',
  async run(context, subject) {
    const chosen = await choose(context, subject)
    if (chosen === undefined) return
    const { network, containers } = chosen
    const endpoints = await context.ui.progress(`Looking at ${names(containers)}`, (_reporter, signal) =>
      Promise.all(containers.map((placed) => memberEndpoint(context.fleet, { ...placed, network }, signal))),
    )
    await repairNetwork(context, planConnectContainers(network, endpoints), network)
  },
}

interface Chosen {
  readonly network: FleetNetwork
  readonly containers: readonly PlacedContainer[]
}

async function choose(context: CommandContext, subject: NodeSubject | undefined): Promise<Chosen | undefined> {
  if (subject?.kind === 'finding') {
    const { fix, networkKey } = requireFinding(context, subject, 'connect-containers')
    const containers = allContainers(context.fleet.fleet).filter(({ container }) =>
      fix.containerIds.includes(container.id),
    )
    return { network: await requireNetwork(context, networkKey), containers }
  }
  if (subject?.kind === 'network') {
    const network = await requireNetwork(context, subject.networkKey)
    const placed = await pickFor(context, network)
    return placed && { network, containers: [placed] }
  }
  const placed = await chooseContainer(context, subject, {
    title,
    none: 'There is no container on any host that can be reached.',
  })
  if (placed === undefined) return undefined
  const network = await chooseNetwork(context, undefined, {
    options: { title, placeholder: `Network for ${placed.container.name}` },
    none: 'There is no further network that takes containers.',
    refuse: (candidate) => (canJoin(placed, candidate) ? undefined : `${placed.container.name} cannot join it`),
  })
  return network && { network, containers: [placed] }
}

function pickFor(context: CommandContext, network: FleetNetwork): Promise<PlacedContainer | undefined> {
  const candidates = allContainers(context.fleet.fleet).filter((placed) => canJoin(placed, network))
  return context.ui.pick(candidates.map(containerItem), { title, placeholder: `Container for ${network.name}` })
}

/** Not on it yet, not a service's task, and where the network is one host's own, on that host. */
function canJoin({ host, container }: PlacedContainer, network: FleetNetwork): boolean {
  const isOn = network.members.some(({ containerId }) => containerId === container.id)
  const isInReach = network.scope !== 'local' || network.hostIds.includes(host.id)
  return !isOn && isInReach && container.task === undefined && takesContainers(network)
}

function names(containers: readonly PlacedContainer[]): string {
  return containers.map(({ container }) => container.name).join(', ')
}
