import { SwarmNetworksError } from '../../core/errors'
import type { NodeSubject } from '../tree/tree-node'
import type { Command, CommandContext } from './command'
import { askSubject } from './shared/ask-subject'
import { requireHost, resolveContainer } from './shared/choose-container'
import { requireNetwork } from './shared/choose-network'
import { requireService } from './shared/require-service'

/** The name of a host, container, network or service. */
export const copyName: Command = {
  id: 'swarmNetworks.copyName',
  async run(context, subject) {
    const about = subject ?? (await askSubject(context, 'Copy Name'))
    if (about !== undefined) await context.ui.copy(await nameOfSubject(context, about))
  },
}

async function nameOfSubject(context: CommandContext, subject: NodeSubject): Promise<string> {
  switch (subject.kind) {
    case 'host':
      return requireHost(context, subject.hostId).name
    case 'container':
      return (await resolveContainer(context, subject)).container.name
    case 'network':
      return (await requireNetwork(context, subject.networkKey)).name
    case 'service':
      return requireService(context, subject.serviceId).name
    default:
      throw new SwarmNetworksError('unsupported', 'This node has no name to copy')
  }
}
