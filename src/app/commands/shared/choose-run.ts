import { SwarmNetworksError } from '../../../core/errors'
import type { ConnectivityRun } from '../../../core/connectivity/run'
import { describeRun } from '../../tree/test-node'
import type { NodeSubject } from '../../tree/tree-node'
import type { CommandContext } from '../command'
import { networkKeyOf } from './choose-network'
import { notify } from './notify'

/**
 * The last test of a node's network, or of the one the user picks. Undefined when the user leaves, or after saying that
 * nothing was tested yet.
 *
 * @throws `not-found` when the node's network was not tested yet
 */
export async function chooseRun(
  context: CommandContext,
  subject: NodeSubject | undefined,
  title: string,
): Promise<ConnectivityRun | undefined> {
  const key = networkKeyOf(subject)
  if (key !== undefined) {
    const run = context.results.latest(key)
    if (run !== undefined) return run
    throw new SwarmNetworksError('not-found', 'That network was not tested yet', {
      remedy: 'Use "Test Connectivity…" first.',
    })
  }
  const items = context.fleet.fleet.networks.flatMap((network) => {
    const run = context.results.latest(network.key)
    return run === undefined ? [] : [runItem(context, run)]
  })
  if (items.length > 0) return context.ui.pick(items, { title, placeholder: 'Network that was tested' })
  notify(context, 'info', 'No network was tested yet: use "Test Connectivity…" first.')
  return undefined
}

function runItem({ clock }: CommandContext, run: ConnectivityRun) {
  return { label: run.network.name, description: describeRun(run, clock.now()), icon: 'beaker', value: run }
}
