import { SwarmNetworksError } from '../../core/errors'
import type { Cluster } from '../../core/forms/clusters'
import { summarizeNetwork } from '../../core/forms/network-form'
import { networkWarnings, openQuestions } from '../../core/forms/network-warnings'
import type { NetworkSpec } from '../../core/ports/engine'
import { readHostLinks } from '../host-links/read-host-links'
import type { Command, CommandContext } from './command'
import { runContainer } from './run-container'
import { askNetworkSpec } from './shared/ask-network-spec'
import { atHost } from './shared/at-host'
import { chooseCluster } from './shared/choose-cluster'
import { notify } from './shared/notify'

const title = 'Create Overlay Network'

/** Asks for everything that makes an overlay network, checks it against all hosts, and makes it through whoever makes
 * the cluster's networks. */
export const createNetwork: Command = {
  id: 'swarmNetworks.createNetwork',
  async run(context, subject) {
    const cluster = await chooseCluster(context, subject, title)
    if (cluster === undefined) return
    const spec = await askUntilConfirmed(context, cluster)
    if (spec === undefined) return
    const id = await create(context, cluster, spec)
    if (spec.isAttachable || cluster.kind !== 'swarm') await offerContainer(context, spec.name, id)
    else notify(context, 'info', `The network ${spec.name} was created.`)
  },
}

/** Asks, looks at what speaks against it, and asks again with the same answers filled in where the user wants to change them. */
async function askUntilConfirmed(context: CommandContext, cluster: Cluster): Promise<NetworkSpec | undefined> {
  let before: NetworkSpec | undefined
  for (;;) {
    const spec = await askNetworkSpec(context, cluster, { title, ...(before && { before }) })
    if (spec === undefined) return undefined
    const answer = await confirmNetwork(context, cluster, spec)
    if (answer !== 'change') return answer === 'create' ? spec : undefined
    before = spec
  }
}

async function confirmNetwork(
  context: CommandContext,
  cluster: Cluster,
  spec: NetworkSpec,
): Promise<'create' | 'change' | 'cancel'> {
  const { ui, fleet, shells, settings } = context
  const links = await ui.progress('Looking at the hosts’ routes and network cards', (_reporter, signal) =>
    readHostLinks({ fleet, shells, helper: settings.helper }, cluster.hosts, signal),
  )
  const warnings = networkWarnings(spec, { cluster, links }).map(({ message }) => `⚠ ${message}`)
  const summary = [summarizeNetwork(spec, fleet.fleet, cluster), ...openQuestions(spec, links)].join('\n')
  const message = `Create the overlay network ${spec.name}?`
  if (warnings.length === 0)
    return (await ui.confirm({ message, detail: summary, action: 'Create' })) ? 'create' : 'cancel'
  const [anyway, change] = ['Create Anyway', 'Change…']
  const detail = [...warnings, summary].join('\n\n')
  const pressed = await ui.choose({
    message: `${message} It may not work as it is.`,
    detail,
    actions: [change, anyway],
  })
  return pressed === anyway ? 'create' : pressed === change ? 'change' : 'cancel'
}

/** @returns the new network's ID */
async function create(context: CommandContext, { makers: [maker] }: Cluster, spec: NetworkSpec): Promise<string> {
  const client = context.fleet.client(maker.id)
  const { id, warning } = await context.ui.progress(
    `Creating the network ${spec.name} through ${maker.name}`,
    (_reporter, signal) =>
      atHost(maker, () => keepingStoreFailure(context, maker.id, () => client.networks.create(spec, signal))),
  )
  context.log.info(`${maker.name}: created network ${spec.name} (${id})`)
  if (warning !== undefined && warning !== '') notify(context, 'warn', `${maker.name}: ${warning}`)
  return id
}

/** Only a network that cannot be made tells in the engine's own words that its key-value store does not answer. */
async function keepingStoreFailure<T>(context: CommandContext, hostId: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (SwarmNetworksError.is(error, 'store-unavailable')) context.fleet.noteStoreFailure(hostId, error.message)
    throw error
  }
}

async function offerContainer(context: CommandContext, name: string, id: string): Promise<void> {
  const action = 'Run Container…'
  if ((await context.ui.info(`The network ${name} was created.`, [action])) !== action) return
  // An overlay's key in the fleet is its ID.
  await runContainer.run(context, { kind: 'network', networkKey: id })
}
