import { groupBy } from '../collections/group-by'
import type { Container } from '../model/container'
import type { Fleet } from '../model/fleet'
import type { Host } from '../model/host'
import type { FleetNetwork } from '../model/network'
import { parseAddress } from './ip-address'
import type { KnownAddress, Peer } from './types'

interface Member {
  readonly peer: Peer
  readonly container: Container
}

/**
 * The containers that a test of `network` is about. Not among them: what is no container (the swarm's load-balancer
 * endpoints), and the remains of tasks that the swarm has replaced. Of a service with no running task the newest
 * remains, because then nothing has replaced it.
 */
export function planPeers(fleet: Fleet, network: FleetNetwork): readonly Peer[] {
  const containers = new Map(
    fleet.hosts.flatMap(({ id, engine }) => (engine?.containers ?? []).map((c) => [memberKey(id, c.id), c] as const)),
  )
  const members = network.members.flatMap((member): readonly Member[] => {
    const container = containers.get(memberKey(member.hostId, member.containerId))
    return container ? [{ container, peer: peerOf(container, { id: member.hostId, name: member.host }, network) }] : []
  })
  const replaced = replacedTasks(members)
  return members.filter(({ container }) => !replaced.has(container)).map(({ peer }) => peer)
}

/** Containers of these IDs that are not on the network. */
export function strangers(fleet: Fleet, network: FleetNetwork, ids: readonly string[]): readonly Peer[] {
  const known = new Set(planPeers(fleet, network).map(({ containerId }) => containerId))
  return fleet.hosts.flatMap((host) =>
    (host.engine?.containers ?? [])
      .filter(({ id }) => ids.includes(id) && !known.has(id))
      .map((container) => peerOf(container, host, network)),
  )
}

function peerOf(container: Container, host: Pick<Host, 'id' | 'name'>, network: FleetNetwork): Peer {
  const attachment = container.attachments.find(({ networkId }) => networkId === network.id)
  const address = parseAddress(attachment?.address) ?? parseAddress(attachment?.addressV6)
  return {
    containerId: container.id,
    container: container.name,
    hostId: host.id,
    host: host.name,
    ...(address !== undefined && { address }),
    addresses: knownAddresses(container),
    state: container.state,
    isRunning: container.state === 'running',
    ports: container.ports,
    ...(container.task && { service: container.task.serviceName }),
  }
}

function memberKey(hostId: string, containerId: string): string {
  return `${hostId}/${containerId}`
}

function knownAddresses(container: Container): readonly KnownAddress[] {
  return container.attachments.flatMap(({ networkName, address, addressV6 }) =>
    [parseAddress(address), parseAddress(addressV6)].flatMap((known) =>
      known === undefined ? [] : [{ address: known, network: networkName }],
    ),
  )
}

function replacedTasks(members: readonly Member[]): ReadonlySet<Container> {
  const tasks = members.map(({ container }) => container).filter(({ task }) => task)
  const byService = groupBy(tasks, ({ task }) => task?.serviceId)
  const replaced = [...byService.values()].flatMap((ofOne) => {
    const stopped = ofOne.filter(({ state }) => state !== 'running' && state !== 'paused')
    if (stopped.length < ofOne.length) return stopped
    return stopped.toSorted((a, b) => b.createdAt - a.createdAt).slice(1)
  })
  return new Set(replaced)
}
