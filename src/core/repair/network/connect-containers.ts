import { SwarmNetworksError } from '../../errors'
import type { FleetNetwork } from '../../model/network'
import { takesContainers } from '../../model/network'
import { enumerate } from '../../text/count'
import type { RepairDraft } from '../plan'
import { memberName, type MemberEndpoint } from './member-endpoint'
import { refuseTasks } from './reconnect-containers'
import { connectStep } from './steps'

/**
 * Joins containers to a network that they are not on.
 *
 * @throws `unsupported` for tasks of services, and for a network that takes no containers by hand
 */
export function planConnectContainers(network: FleetNetwork, containers: readonly MemberEndpoint[]): RepairDraft {
  refuseTasks(containers)
  if (!takesContainers(network))
    throw new SwarmNetworksError('unsupported', `${network.name} takes only services’ tasks: it is not attachable`, {
      remedy: 'Recreate it as attachable (Recreate Network…).',
    })
  return {
    id: 'connect-containers',
    title: `Connect ${enumerate(containers.map(memberName))} to ${network.name}`,
    hostIds: [...new Set(containers.map(({ host }) => host.id))],
    consequences: [],
    risk: 'low',
    steps: containers.map((container) => connectStep(network.name, container)),
  }
}
