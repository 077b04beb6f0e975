import { SwarmNetworksError } from '../../../core/errors'
import { swarmsOf, type Swarm } from '../../../core/forms/swarms'
import { count } from '../../../core/text/count'
import type { NodeSubject } from '../../tree/tree-node'
import type { CommandContext } from '../command'
import { requireHost } from './choose-container'

/**
 * The swarm that a command acts on, its managers in the order in which they should be asked: that of the clicked host,
 * with this host first; the only one; or the one the user picks. Undefined when the user leaves.
 *
 * @throws `not-a-manager` when no manager can be reached
 */
export async function chooseSwarm(
  context: CommandContext,
  subject: NodeSubject | undefined,
  title: string,
): Promise<Swarm | undefined> {
  const swarms = swarmsOf(context.fleet.fleet)
  if (subject?.kind === 'host') return swarmOfHost(context, swarms, subject.hostId)
  const [first, ...others] = swarms
  if (first === undefined) throw noManager()
  if (others.length === 0) return first
  const items = swarms.map((swarm) => ({
    label: swarm.managers.map(({ name }) => name).join(', '),
    description: count(swarm.hosts.length, 'host'),
    detail: swarm.hosts.map(({ name }) => name).join(', '),
    icon: 'server-environment',
    value: swarm,
  }))
  return context.ui.pick(items, { title, placeholder: 'Swarm, by its managers' })
}

function swarmOfHost(context: CommandContext, swarms: readonly Swarm[], hostId: string): Swarm {
  const host = requireHost(context, hostId)
  const swarm = swarms.find(({ hosts }) => hosts.some(({ id }) => id === hostId))
  if (swarm === undefined) throw noManager(host.name)
  const [first, ...others] = swarm.managers.toSorted((a, b) => Number(b.id === hostId) - Number(a.id === hostId))
  return first === undefined ? swarm : { ...swarm, managers: [first, ...others] }
}

function noManager(host?: string): SwarmNetworksError {
  const message =
    host === undefined ? 'No manager of a swarm can be reached' : `No manager of a swarm with ${host} can be reached`
  return new SwarmNetworksError('not-a-manager', message, {
    remedy:
      'Only a manager makes overlay networks: add one with "Add Host…", see in the Hosts view why it cannot be reached, or make a swarm with "docker swarm init".',
  })
}
