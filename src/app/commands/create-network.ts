import type { Swarm } from '../../core/forms/swarms'
import { summarizeNetwork } from '../../core/forms/network-form'
import type { NetworkSpec } from '../../core/ports/engine'
import type { Command, CommandContext } from './command'
import { runContainer } from './run-container'
import { askNetworkSpec } from './shared/ask-network-spec'
import { atHost } from './shared/at-host'
import { chooseSwarm } from './shared/choose-swarm'
import { notify } from './shared/notify'

const title = 'Create Overlay Network'

/** Asks for everything that makes an overlay network, checks it against all hosts, and makes it through a manager. */
export const createNetwork: Command = {
  id: 'swarmNetworks.createNetwork',
  async run(context, subject) {
    const swarm = await chooseSwarm(context, subject, title)
    if (swarm === undefined) return
    const spec = await askNetworkSpec(context, swarm, title)
    if (spec === undefined) return
    const isConfirmed = await context.ui.confirm({
      message: `Create the overlay network ${spec.name}?`,
      detail: summarizeNetwork(spec, context.fleet.fleet, swarm),
      action: 'Create',
    })
    if (!isConfirmed) return
    const id = await create(context, swarm, spec)
    if (spec.isAttachable) await offerContainer(context, spec.name, id)
    else notify(context, 'info', `The network ${spec.name} was created.`)
  },
}

/** @returns the new network's ID */
async function create(context: CommandContext, { managers: [manager] }: Swarm, spec: NetworkSpec): Promise<string> {
  const client = context.fleet.client(manager.id)
  const { id, warning } = await context.ui.progress(
    `Creating the network ${spec.name} through ${manager.name}`,
    (_reporter, signal) => atHost(manager, () => client.networks.create(spec, signal)),
  )
  context.log.info(`${manager.name}: created network ${spec.name} (${id})`)
  if (warning !== undefined && warning !== '') notify(context, 'warn', `${manager.name}: ${warning}`)
  return id
}

async function offerContainer(context: CommandContext, name: string, id: string): Promise<void> {
  const action = 'Run Container…'
  if ((await context.ui.info(`The network ${name} was created.`, [action])) !== action) return
  // An overlay's key in the fleet is its ID.
  await runContainer.run(context, { kind: 'network', networkKey: id })
}
