import { groupBy } from '../collections/group-by'
import { planPeers } from '../connectivity/plan-peers'
import type { Peer } from '../connectivity/types'
import type { Container } from '../model/container'
import type { Fleet } from '../model/fleet'
import type { Host } from '../model/host'
import { isOverlay, type FleetNetwork } from '../model/network'
import type { Selector } from './types'

/** A container as a contract sees it: wherever it is, with its place on each network that is looked at. */
export interface Candidate {
  readonly container: Container
  readonly host: string
  readonly hostAddress: string
  /** In the order in which they are used: overlays first. */
  readonly places: readonly [Place, ...Place[]]
}

/** A container's end on one network. */
export interface Place {
  readonly network: FleetNetwork
  readonly peer: Peer
}

/** The networks on which containers have addresses to reach each other at. */
export function testableNetworks(fleet: Fleet): readonly FleetNetwork[] {
  return fleet.networks
    .filter(({ isIngress, driver }) => !isIngress && driver !== 'host' && driver !== 'null')
    .toSorted((a, b) => Number(isOverlay(b)) - Number(isOverlay(a)) || a.name.localeCompare(b.name, 'en'))
}

/** The networks that a contract may mean by a name or an ID; overlays before local ones, whose names repeat. */
export function networksNamed(networks: readonly FleetNetwork[], wanted: string): readonly FleetNetwork[] {
  const byName = networks.filter(({ name }) => name === wanted)
  const overlays = byName.filter(isOverlay)
  const byId = networks.filter(({ id }) => wanted.length >= 4 && id.startsWith(wanted))
  return [overlays, byName, byId].find((list) => list.length > 0) ?? []
}

/** Every container that is on one of the networks. */
export function candidatesOn(fleet: Fleet, networks: readonly FleetNetwork[]): readonly Candidate[] {
  const places = networks.flatMap((network) => planPeers(fleet, network).map((peer) => ({ network, peer })))
  const containers = new Map<string, { readonly host: Host; readonly container: Container }>(
    fleet.hosts.flatMap((host) =>
      (host.engine?.containers ?? []).map((container) => [`${host.id} ${container.id}`, { host, container }] as const),
    ),
  )
  return [...groupBy(places, ({ peer }) => `${peer.hostId} ${peer.containerId}`)].flatMap(([key, own]) => {
    const found = containers.get(key)
    if (!found) return []
    const { host, container } = found
    return [{ container, host: host.name, hostAddress: host.address, places: own }]
  })
}

/** Whether a selector means a container; an alias counts on whichever network it is. */
export function matches(selector: Selector, { container, host, hostAddress }: Candidate): boolean {
  if (selector.host !== undefined && selector.host !== host && selector.host !== hostAddress) return false
  switch (selector.kind) {
    case 'any':
      return true
    case 'name':
      return [
        container.name,
        container.task?.serviceName,
        ...container.attachments.flatMap(({ aliases }) => aliases),
      ].includes(selector.name)
    case 'container':
      return container.name === selector.name
    case 'service':
      return container.task?.serviceName === selector.name
    case 'label': {
      const value = Object.hasOwn(container.labels, selector.key) ? container.labels[selector.key] : undefined
      return value !== undefined && (selector.value === undefined || selector.value === value)
    }
  }
}
