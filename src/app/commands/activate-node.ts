import { SwarmNetworksError } from '../../core/errors'
import { clusterOfHost } from '../../core/forms/clusters'
import type { Host } from '../../core/model/host'
import { planActivateNode } from '../../core/repair/network/activate-node'
import type { NodeSubject } from '../tree/tree-node'
import type { Command, CommandContext } from './command'
import { requireHost } from './shared/choose-container'
import { requireFinding } from './shared/choose-finding'
import { chooseHost } from './shared/choose-host'
import { offerRepair } from './shared/offer-repair'
import { repairNetwork } from './shared/repair-network'

/** Sets a node back to active that takes nothing new, and starts what a test found that it refused. */
export const activateNode: Command = {
  id: 'swarmNetworks.activateNode',
  async run(context, subject) {
    const chosen = await choose(context, subject)
    if (chosen === undefined) return
    const { host, containerIds } = chosen
    const { nodeId, availability = 'active' } = host
    if (nodeId === undefined || availability === 'active')
      throw new SwarmNetworksError('unsupported', `${host.name} is active already: it takes new containers`)
    const [manager] = clusterOfHost(context.fleet.fleet, host.id)?.makers ?? []
    if (manager === undefined)
      throw new SwarmNetworksError('not-found', `No manager of ${host.name}’s swarm can be reached`, {
        remedy: 'Connect one: only managers change nodes.',
      })
    const waiting = (host.engine?.containers ?? []).filter(
      ({ id, state }) => containerIds.includes(id) && (state === 'created' || state === 'exited'),
    )
    const draft = planActivateNode({ host, nodeId, availability, manager, waiting })
    if (subject?.kind === 'finding') await repairNetwork(context, draft, { key: subject.networkKey })
    else await offerRepair(context, draft)
  },
}

interface Chosen {
  readonly host: Host
  readonly containerIds: readonly string[]
}

async function choose(context: CommandContext, subject: NodeSubject | undefined): Promise<Chosen | undefined> {
  if (subject?.kind === 'finding') {
    const { fix } = requireFinding(context, subject, 'activate-node')
    const [hostId = ''] = fix.hostIds
    return { host: requireHost(context, hostId), containerIds: fix.containerIds }
  }
  const host = await chooseHost(context, subject, {
    options: { title: 'Set Node to Active', placeholder: 'Node that takes nothing new' },
    candidates: context.fleet.fleet.hosts.filter(
      ({ availability }) => availability !== undefined && availability !== 'active',
    ),
    none: 'Every node that a manager in reach knows is active.',
  })
  return host && { host, containerIds: [] }
}
