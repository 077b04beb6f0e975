import { SwarmNetworksError } from '../../core/errors'
import { requireNetwork } from './shared/choose-network'
import type { NodeSubject } from '../tree/tree-node'
import type { Command, CommandContext } from './command'
import { askSubject } from './shared/ask-subject'

/** The engine’s whole ID of a container, network, service or task. */
export const copyId: Command = {
  id: 'swarmNetworks.copyId',
  async run(context, subject) {
    const about = subject ?? (await askSubject(context, 'Copy ID', ['container', 'network', 'service']))
    if (about !== undefined) await context.ui.copy(await idOfSubject(context, about))
  },
}

async function idOfSubject(context: CommandContext, subject: NodeSubject): Promise<string> {
  if (subject.kind === 'container') return subject.containerId
  if (subject.kind === 'service') return subject.serviceId
  if (subject.kind === 'task') return subject.taskId
  if (subject.kind === 'network') return (await requireNetwork(context, subject.networkKey)).id
  throw new SwarmNetworksError('unsupported', 'This node has no ID to copy')
}
