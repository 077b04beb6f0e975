import { clustersOf } from '../core/forms/clusters'
import type { Fleet } from '../core/model/fleet'
import type { HostState } from '../core/model/host'
import type { Translate } from './translate'

/** One line on the whole fleet, for the status bar: `3 hosts, 1 unreachable`; empty without hosts. */
export function summarizeFleet(fleet: Fleet, translate: Translate): string {
  const all = fleet.hosts.length
  if (all === 0) return ''
  const count = (...states: HostState[]) => fleet.hosts.filter((host) => states.includes(host.state)).length
  const parts = [all === 1 ? translate('1 host') : translate('{0} hosts', all)]
  const connecting = count('connecting')
  const unreachable = count('unreachable')
  const refused = count('unauthorized')
  if (connecting > 0) parts.push(translate('{0} connecting', connecting))
  if (unreachable > 0) parts.push(translate('{0} unreachable', unreachable))
  if (refused > 0) parts.push(translate('{0} not authorized', refused))
  return parts.join(', ')
}

export interface FleetFacts {
  readonly hasHosts: boolean
  readonly hasReadyHost: boolean
  /** Somebody can be asked to make an overlay network. */
  readonly hasNetworkMaker: boolean
  /** A swarm node without a way in. */
  readonly hasUnknownHost: boolean
  /** Of a swarm whose manager can be reached. */
  readonly hasServices: boolean
}

/** What decides which commands make sense at all. */
export function fleetFacts(fleet: Fleet): FleetFacts {
  const ready = fleet.hosts.filter((host) => host.state === 'ready')
  return {
    hasHosts: fleet.hosts.length > 0,
    hasReadyHost: ready.length > 0,
    hasNetworkMaker: clustersOf(fleet).length > 0,
    hasUnknownHost: fleet.hosts.some((host) => host.state === 'unknown'),
    hasServices: fleet.services.length > 0,
  }
}
