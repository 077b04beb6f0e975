import { SwarmNetworksError } from '../../core/errors'
import { classicPlaceOf } from '../../core/forms/classic-place'
import { isPredefined } from '../../core/forms/predefined-networks'
import { hostsForNetwork } from '../../core/forms/hosts-for-network'
import { isOverlay, takesContainers, type FleetNetwork } from '../../core/model/network'
import type { NodeSubject } from '../tree/tree-node'
import type { Command, CommandContext } from './command'
import { askContainerSpec, type ContainerPlace } from './shared/ask-container-spec'
import { asDestination, askPlace } from './shared/ask-place'
import { requireHost } from './shared/choose-container'
import { hostItem } from './shared/choose-host'
import { chooseNetwork } from './shared/choose-network'
import { runNewContainer } from './shared/run-new-container'
import { Wizard } from './shared/wizard'

const title = 'Run Container'

/** Network, host, image, name, command, ports, environment, options. */
const questions = 8

/** Asks for everything that makes a container on a network, pulls its image if need be, creates and starts it. */
export const runContainer: Command = {
  id: 'swarmNetworks.runContainer',
  async run(context, subject) {
    const wizard = new Wizard(title, questions)
    const network = await askNetwork(context, subject, wizard)
    if (network === undefined) return
    const destination = await askDestination(context, { network, subject, wizard })
    if (destination === undefined) return
    const place = { network, ...destination, client: context.fleet.client(destination.host.id) }
    const spec = await askContainerSpec(context, place, wizard)
    if (spec !== undefined) await runNewContainer(context, place, spec)
  },
}

function askNetwork(
  context: CommandContext,
  subject: NodeSubject | undefined,
  wizard: Wizard,
): Promise<FleetNetwork | undefined> {
  const host = subject?.kind === 'host' ? requireHost(context, subject.hostId) : undefined
  const isWithinReach = (network: FleetNetwork) =>
    host === undefined || hostsForNetwork(context.fleet.fleet, network).some(({ id }) => id === host.id)
  return chooseNetwork(context, subject, {
    options: wizard.next('Network'),
    none: `There is no network that takes containers${host === undefined ? '' : ` at ${host.name}`}: create an attachable overlay network first.`,
    refuse: (network) =>
      refuseContainers(network) ??
      (isWithinReach(network)
        ? undefined
        : `The network ${network.name} cannot be used at ${host?.name ?? 'any host'}`),
  })
}

/** Why nobody can run a container on a network by hand. */
function refuseContainers(network: FleetNetwork): string | undefined {
  if (isPredefined(network))
    return `${network.name} is the engine’s own network: containers do not find each other by name on it`
  if (!takesContainers(network))
    return `The network ${network.name} is not attachable: only services of the swarm can use it. This cannot be changed; remove it and create it again with the option Attachable`
  return undefined
}

interface HostQuestion {
  readonly network: FleetNetwork
  readonly subject: NodeSubject | undefined
  readonly wizard: Wizard
}

async function askDestination(
  context: CommandContext,
  { network, subject, wizard }: HostQuestion,
): Promise<Pick<ContainerPlace, 'host' | 'placement' | 'classic'> | undefined> {
  const candidates = hostsForNetwork(context.fleet.fleet, network)
  const clicked = subject?.kind === 'host' || subject?.kind === 'network' ? subject.hostId : undefined
  const [first, ...others] = candidates.filter(({ id }) => clicked === undefined || id === clicked)
  if (first === undefined)
    throw new SwarmNetworksError(
      'unreachable',
      `No host that can be reached can run a container on ${network.name} now`,
      {
        remedy:
          'The Hosts view says which cannot be reached and why; a host that is drained or paused takes no containers.',
      },
    )
  const classic = classicPlaceOf(context.fleet.fleet, network)
  if (classic !== undefined && clicked === undefined) {
    const chosen = await askPlace(context.ui, { place: classic, hosts: candidates }, wizard)
    return chosen && { ...asDestination(classic, chosen), classic }
  }
  const options = wizard.next(isOverlay(network) ? 'Host' : `Host of ${network.name}`)
  if (clicked !== undefined || (others.length === 0 && !isOverlay(network))) return { host: first }
  const host = await context.ui.pick([first, ...others].map(hostItem), options)
  return host && { host }
}
