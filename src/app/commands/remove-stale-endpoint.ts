import { findHost } from '../fleet-lookup'
import { leftEndpoints } from '../../core/repair/network/left-endpoints'
import { memberName } from '../../core/repair/network/member-endpoint'
import { planRemoveStaleEndpoint, type StaleEndpoint } from '../../core/repair/network/remove-stale-endpoint'
import type { FleetNetwork } from '../../core/model/network'
import type { Command, CommandContext } from './command'
import { chooseNetwork } from './shared/choose-network'
import { notify } from './shared/notify'
import { repairNetwork } from './shared/repair-network'

const title = 'Remove Stale Endpoint'

/** Looks on each host for endpoints of a network whose container is gone, and takes one off by force. */
export const removeStaleEndpoint: Command = {
  id: 'swarmNetworks.removeStaleEndpoint',
  async run(context, subject) {
    const network = await chooseNetwork(context, subject, {
      options: { title, placeholder: 'Network' },
      none: 'There is no network that any host lists.',
    })
    if (network === undefined) return
    const left = await context.ui.progress(`Looking for what is left on ${network.name}`, (_reporter, signal) =>
      findLeft(context, network, signal),
    )
    if (left.length === 0) {
      notify(context, 'info', `Every endpoint of ${network.name} belongs to a container that is there.`)
      return
    }
    const items = left.map((value) => ({ label: memberName(value), value }))
    const chosen = await context.ui.pick(items, { title, placeholder: 'Endpoint whose container is gone' })
    if (chosen !== undefined) await repairNetwork(context, planRemoveStaleEndpoint(chosen), network)
  },
}

async function findLeft(
  { fleet }: CommandContext,
  network: FleetNetwork,
  signal: AbortSignal,
): Promise<readonly StaleEndpoint[]> {
  // Engines of a key-value store list the endpoints of all hosts: those of containers that run elsewhere are none of these.
  const alive = new Set(network.members.filter(({ isRunning }) => isRunning).map(({ container }) => container))
  const hosts = network.hostIds.flatMap((id) => findHost(fleet.fleet, id) ?? []).filter(({ engine }) => engine)
  const found = await Promise.all(
    hosts.map(async (host) => {
      const client = fleet.client(host.id)
      // The newest list: the fleet's may be a moment older than the network's.
      const [raw, containers] = await Promise.all([
        client.networks.inspect(network.id, signal),
        client.containers.list(signal),
      ])
      const ids = containers.map(({ id }) => id)
      const left = leftEndpoints(raw, ids).filter((name) => !alive.has(name))
      return left.map((container) => ({ network: network.name, container, host }))
    }),
  )
  return found.flat()
}
