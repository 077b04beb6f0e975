import type { Container } from '../model/container'
import type { Fleet } from '../model/fleet'
import type { Host } from '../model/host'
import type { HostFinding } from '../model/host-finding'
import type { FleetNetwork } from '../model/network'

/**
 * What the command line prints with `--json`. It is an interface: documented in docs/json.md, held by tests, and only
 * ever added to.
 */
export interface HostJson {
  readonly id: string
  readonly name: string
  readonly address: string
  /** The way in, as a URL; empty for a swarm node without one. */
  readonly via: string
  readonly alsoVia: readonly string[]
  readonly state: Host['state']
  readonly reason?: string
  readonly engineVersion: string | null
  readonly apiVersion: string | null
  readonly role: 'manager' | 'worker' | null
  readonly availability: 'active' | 'pause' | 'drain' | null
  readonly leader: boolean
  /** What a manager says of the node. */
  readonly nodeState: Host['nodeState'] | null
  /** The key-value store of its overlay networks. */
  readonly clusterStore: string | null
  /** What should be known about the host; empty where there is nothing. */
  readonly findings: readonly HostFinding[]
}

export interface NetworkJson {
  readonly id: string
  readonly name: string
  readonly driver: string
  readonly scope: FleetNetwork['scope']
  readonly subnets: readonly string[]
  readonly hosts: readonly string[]
  readonly members: readonly {
    readonly container: string
    readonly host: string
    /** Null while the container does not run. */
    readonly address: string | null
    readonly running: boolean
  }[]
  readonly attachable: boolean
  readonly encrypted: boolean
  readonly internal: boolean
}

export interface ContainerJson {
  readonly id: string
  readonly name: string
  readonly host: string
  readonly image: string
  readonly state: Container['state']
  readonly status: string
  readonly networks: readonly { readonly name: string; readonly address: string | null }[]
}

export function hostsJson(fleet: Fleet): readonly HostJson[] {
  return fleet.hosts.map((host) => ({
    id: host.id,
    name: host.name,
    address: host.address,
    via: host.via,
    alsoVia: host.alsoVia,
    state: host.state,
    ...(host.failure && { reason: host.failure.message }),
    engineVersion: host.engineVersion ?? null,
    apiVersion: host.engine?.info.apiVersion ?? null,
    role: host.role ?? null,
    availability: host.availability ?? null,
    leader: host.isLeader,
    nodeState: host.nodeState ?? null,
    clusterStore: host.clusterStore ?? null,
    findings: host.findings ?? [],
  }))
}

export function networksJson(fleet: Fleet): readonly NetworkJson[] {
  return fleet.networks.map((network) => ({
    id: network.id,
    name: network.name,
    driver: network.driver,
    scope: network.scope,
    subnets: network.subnets.map(({ subnet }) => subnet),
    hosts: network.hosts,
    members: network.members.map(({ container, host, address, isRunning }) => ({
      container,
      host,
      address: address ?? null,
      running: isRunning,
    })),
    attachable: network.isAttachable,
    encrypted: network.isEncrypted,
    internal: network.isInternal,
  }))
}

export function containersJson(fleet: Fleet): readonly ContainerJson[] {
  return fleet.hosts.flatMap((host) =>
    (host.engine?.containers ?? []).map((container) => ({
      id: container.id,
      name: container.name,
      host: host.name,
      image: container.image,
      state: container.state,
      status: container.status,
      networks: container.attachments.map(({ networkName, address }) => ({
        name: networkName,
        address: address ?? null,
      })),
    })),
  )
}
