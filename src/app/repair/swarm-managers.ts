import type { SwarmNode } from '../../core/model/engine'
import { swarmsOf } from '../../core/forms/swarms'
import { SwarmNetworksError } from '../../core/errors'
import type { FleetAccess } from '../fleet-access'

/**
 * The managers of a host's swarm, as one of them lists them now: others are asked before the host itself, which may be the
 * one that does not know yet.
 *
 * @returns undefined where no manager of its swarm answers
 */
export async function swarmManagers(
  fleet: FleetAccess,
  hostId: string,
  signal: AbortSignal,
): Promise<readonly SwarmNode[] | undefined> {
  const swarm = swarmsOf(fleet.fleet).find(({ hosts }) => hosts.some(({ id }) => id === hostId))
  const asked = swarm?.managers.toSorted((a, b) => Number(a.id === hostId) - Number(b.id === hostId)) ?? []
  for (const manager of asked) {
    try {
      const nodes = await fleet.client(manager.id).swarm.nodes(signal)
      return nodes.filter(({ role }) => role === 'manager')
    } catch (error) {
      // One that cannot answer, for want of a quorum or because its engine is just restarted, leaves it to the next.
      if (signal.aborted || !SwarmNetworksError.is(error)) throw error
    }
  }
  return undefined
}
