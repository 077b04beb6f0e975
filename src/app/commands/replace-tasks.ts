import { SwarmNetworksError } from '../../core/errors'
import type { SwarmService } from '../../core/model/service'
import { planReplaceTasks } from '../../core/repair/network/replace-tasks'
import { findContainer, findService } from '../fleet-lookup'
import type { NodeSubject } from '../tree/tree-node'
import type { Command, CommandContext } from './command'
import { requireHost } from './shared/choose-container'
import { notify } from './shared/notify'
import { offerRepair } from './shared/offer-repair'
import { repairNetwork } from './shared/repair-network'

/** Has the swarm make a service's tasks anew: what is wrong with a task is not mended by hand. */
export const replaceTasks: Command = {
  id: 'swarmNetworks.replaceTasks',
  async run(context, subject) {
    const service = await choose(context, subject)
    if (service === undefined) return
    const draft = planReplaceTasks({ ...service, manager: requireHost(context, service.managerId) })
    if (subject?.kind === 'container' && subject.networkKey !== undefined)
      await repairNetwork(context, draft, { key: subject.networkKey })
    else await offerRepair(context, draft)
  },
}

async function choose(context: CommandContext, subject: NodeSubject | undefined): Promise<SwarmService | undefined> {
  const { fleet } = context.fleet
  const serviceId = serviceIdOf(context, subject)
  if (serviceId !== undefined) {
    const service = findService(fleet, serviceId)
    if (service !== undefined) return service
    throw new SwarmNetworksError('not-found', 'No manager that can be reached knows that service', {
      remedy: 'Connect a manager of its swarm.',
    })
  }
  if (fleet.services.length > 0)
    return context.ui.pick(
      fleet.services.map((service) => ({
        label: service.name,
        description: `${service.running} of ${service.wanted} tasks run`,
        icon: 'server-process',
        value: service,
      })),
      { title: 'Replace Tasks of the Service', placeholder: 'Service' },
    )
  notify(context, 'info', 'There is no service in any swarm whose manager can be reached.')
  return undefined
}

function serviceIdOf({ fleet }: CommandContext, subject: NodeSubject | undefined): string | undefined {
  switch (subject?.kind) {
    case 'service':
    case 'task':
      return subject.serviceId
    case 'container':
      return findContainer(fleet.fleet, subject.hostId, subject.containerId)?.container.task?.serviceId
    default:
      return undefined
  }
}
