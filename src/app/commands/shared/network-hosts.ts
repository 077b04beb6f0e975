import type { FirewallHost } from '../../../core/diagnosis/firewall-commands'
import { clusterOfNetwork } from '../../../core/forms/clusters'
import type { Fleet } from '../../../core/model/fleet'
import type { Host } from '../../../core/model/host'
import { findHost, findNetwork } from '../../fleet-lookup'

/** The hosts that a network's packets go between. */
export interface NetworkHosts {
  /** Every host of its swarm or key-value store; undefined where nobody tells who that is. */
  readonly cluster: readonly Host[] | undefined
  /** Those that list the network. */
  readonly members: readonly Host[]
}

/** Nobody, once no reachable host lists the network. */
export function networkHosts(fleet: Fleet, networkKey: string): NetworkHosts {
  const network = findNetwork(fleet, networkKey)
  return {
    cluster: network && clusterOfNetwork(fleet, network)?.hosts,
    members: network?.hostIds.flatMap((id) => findHost(fleet, id) ?? []) ?? [],
  }
}

/** A host as the rules of firewalls name it. */
export function firewallHost({ name, address, role }: Host): FirewallHost {
  return { name, address, isManager: role === 'manager' }
}
