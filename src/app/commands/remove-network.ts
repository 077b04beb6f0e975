import { SwarmNetworksError } from '../../core/errors'
import { isPredefined } from '../../core/forms/predefined-networks'
import { clusterOfNetwork } from '../../core/forms/clusters'
import { isReady } from '../../core/forms/swarms'
import type { Fleet } from '../../core/model/fleet'
import type { Host } from '../../core/model/host'
import { isOverlay, type FleetNetwork } from '../../core/model/network'
import { enumerate } from '../../core/text/count'
import { findHost } from '../fleet-lookup'
import type { Command } from './command'
import { atHost } from './shared/at-host'
import { chooseNetwork } from './shared/choose-network'

/** Removes a network without members; one with members is refused, and they are listed. */
export const removeNetwork: Command = {
  id: 'swarmNetworks.removeNetwork',
  async run(context, subject) {
    const network = await chooseNetwork(context, subject, {
      options: { title: 'Remove Network', placeholder: 'Network without containers' },
      none: 'There is no network that could be removed: each has containers, or is the engine’s own.',
      refuse: refuseRemoval,
    })
    if (network === undefined) return
    const host = hostThatRemoves(context.fleet.fleet, network)
    const client = context.fleet.client(host.id)
    const isConfirmed = await context.ui.confirm({
      message: `Remove the network ${network.name}?`,
      detail: explain(network, host, context.fleet.fleet),
      action: 'Remove',
    })
    if (!isConfirmed) return
    await context.ui.progress(`Removing the network ${network.name} through ${host.name}`, (_reporter, signal) =>
      atHost(host, () => client.networks.remove(network.id, signal)),
    )
    context.log.info(`${host.name}: removed network ${network.name} (${network.id})`)
  },
}

/** A stopped member counts: it could not be started again without its network. */
function refuseRemoval(network: FleetNetwork): string | undefined {
  if (isPredefined(network)) return `${network.name} is the engine’s own network and cannot be removed`
  if (network.members.length === 0) return undefined
  const members = network.members.map(
    ({ container, host, isRunning }) => `${container} at ${host}${isRunning ? '' : ' (not running)'}`,
  )
  return `The network ${network.name} is in use: remove ${enumerate(members, 8)} first`
}

/** A local network's own host; a manager for a swarm's; any engine that shares the store where one holds it. */
function hostThatRemoves(fleet: Fleet, network: FleetNetwork): Host {
  const maker = clusterOfNetwork(fleet, network)?.makers[0]
  if (maker !== undefined) return maker
  const host = network.hostIds
    .map((id) => findHost(fleet, id))
    .find((candidate) => candidate !== undefined && isReady(candidate))
  if (host !== undefined && network.scope !== 'swarm') return host
  throw new SwarmNetworksError('not-a-manager', `No manager of the swarm of ${network.name} can be reached`, {
    remedy: 'Only a manager removes an overlay network: the Hosts view says why none can be reached.',
  })
}

function explain(network: FleetNetwork, host: Host, fleet: Fleet): string {
  const unasked = isOverlay(network) ? fleet.hosts.filter((other) => !isReady(other)).map(({ name }) => name) : []
  return [
    `${network.name} (${network.id.slice(0, 12)}), ${network.driver}, ${network.subnets.map(({ subnet }) => subnet).join(', ') || 'without a subnet'}, through ${host.name}.`,
    'No container that is known is attached to it.',
    ...(unasked.length === 0
      ? []
      : [
          `Not asked, because they cannot be reached: ${enumerate(unasked)}. The engine refuses if one of them uses it.`,
        ]),
  ].join('\n')
}
