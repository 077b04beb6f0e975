import type { FleetNetwork } from '../../core/model/network'
import type { MemberEndpoint, NetworkMembers } from '../../core/repair/network/member-endpoint'
import { inspectedEndpoint } from '../../core/repair/network/inspected-endpoint'
import type { FleetAccess } from '../fleet-access'
import { findContainer, type PlacedContainer } from '../fleet-lookup'

/**
 * Everybody on a network, with the names and addresses that lists of containers leave out: each member is inspected, side
 * by side over the hosts.
 *
 * @throws what the first engine that cannot be asked says
 */
export async function networkMembers(
  fleet: FleetAccess,
  network: FleetNetwork,
  signal: AbortSignal,
): Promise<NetworkMembers> {
  const placed = network.members.flatMap(
    ({ hostId, containerId }) => findContainer(fleet.fleet, hostId, containerId) ?? [],
  )
  const members = await Promise.all(placed.map((each) => memberEndpoint(fleet, { ...each, network }, signal)))
  return { network, members }
}

/** How one container is joined to a network, or would be. */
export async function memberEndpoint(
  fleet: FleetAccess,
  { host, container, network }: PlacedContainer & { readonly network: Pick<FleetNetwork, 'name' | 'scope'> },
  signal: AbortSignal,
): Promise<MemberEndpoint> {
  const { raw } = await fleet.client(host.id).containers.inspect(container.id, signal)
  const { aliases, address } = inspectedEndpoint(raw, network.name)
  return {
    host: { id: host.id, name: host.name },
    containerId: container.id,
    container: container.name,
    isRunning: container.state === 'running',
    aliases,
    // On a swarm's network the engine writes down the address that the swarm gave as if somebody had asked for it (Docker
    // 20.10, 26.1): asked for again, it may be another's by then, and the attachment fails after 20 s.
    ...(address !== undefined && network.scope !== 'swarm' && { address }),
    ...(container.task && { service: container.task.serviceName }),
  }
}
