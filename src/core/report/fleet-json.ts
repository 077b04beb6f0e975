import type { Container } from '../model/container'
import type { Fleet } from '../model/fleet'
import type { Host } from '../model/host'
import type { HostFinding } from '../model/host-finding'
import type { FleetNetwork } from '../model/network'
import type { ServiceMode, ServicePort, Task, TaskState } from '../model/service'

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
  /** What a classic Swarm's manager says of itself or of its node; null for a host that is neither. */
  readonly classicSwarm: ClassicSwarmJson | null
  /** What should be known about the host; empty where there is nothing. */
  readonly findings: readonly HostFinding[]
}

export type ClassicSwarmJson =
  | {
      readonly kind: 'manager'
      readonly version: string
      readonly role: 'primary' | 'replica'
      /** The primary's address; null where the manager is that itself. */
      readonly primary: string | null
      readonly strategy: string
      readonly filters: readonly string[]
    }
  | {
      readonly kind: 'node'
      readonly status: 'healthy' | 'pending' | 'unhealthy'
      /** The manager's words on what is wrong, or null. */
      readonly reason: string | null
      readonly labels: Readonly<Record<string, string>>
      /** As the manager says them, for instance `0 / 2` and `0 B / 24.72 GiB`. */
      readonly reservedCpus: string
      readonly reservedMemory: string
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
  /** The service whose task it runs, or null. */
  readonly service: string | null
  /** From 1; null where it runs no task, or its service has no slots. */
  readonly slot: number | null
  /** What a manager says of its task; null where it runs none, or no manager could be asked. */
  readonly taskState: TaskState | null
}

export interface ServiceJson {
  readonly id: string
  readonly name: string
  readonly mode: ServiceMode
  readonly running: number
  readonly wanted: number
  readonly settled: boolean
  /** Why tasks do not run, in the swarm's own words. */
  readonly problem: string | null
  readonly image: string
  readonly ports: readonly {
    /** Null while the swarm has not chosen one. */
    readonly published: number | null
    readonly target: number
    readonly protocol: ServicePort['protocol']
    readonly mode: ServicePort['publishMode']
  }[]
  /** The host that was asked. */
  readonly manager: string
  readonly tasks: readonly TaskJson[]
  /** The last task of each slot that failed, while the service is in trouble. */
  readonly failures: readonly TaskJson[]
}

export interface TaskJson {
  readonly id: string
  readonly slot: number | null
  /** The host's name; null until it is placed. */
  readonly host: string | null
  readonly state: TaskState
  readonly desiredState: TaskState
  /** ISO 8601, UTC. */
  readonly since: string
  readonly error: string | null
  readonly containerId: string | null
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
    classicSwarm: classicJson(host),
    findings: host.findings ?? [],
  }))
}

function classicJson({ engine, classic }: Host): ClassicSwarmJson | null {
  const cluster = engine?.info.classic
  if (cluster !== undefined) {
    const { version, role, primary = null, strategy, filters } = cluster
    return { kind: 'manager', version, role, primary, strategy, filters }
  }
  if (classic === undefined) return null
  const { status, reason = null, labels, reservedCpus, reservedMemory } = classic.node
  return { kind: 'node', status, reason, labels, reservedCpus, reservedMemory }
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
  const states = new Map(
    fleet.services.flatMap(({ tasks, failures }) =>
      [...failures, ...tasks].map((task) => [task.id, task.state] as const),
    ),
  )
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
      service: container.task?.serviceName ?? null,
      slot: container.task?.slot ?? null,
      taskState: (container.task && states.get(container.task.taskId)) ?? null,
    })),
  )
}

export function servicesJson(fleet: Fleet): readonly ServiceJson[] {
  const hostNames = new Map(fleet.hosts.map(({ id, name }) => [id, name]))
  const nodeNames = new Map(
    fleet.hosts.flatMap(({ nodeId, name }) => (nodeId === undefined ? [] : [[nodeId, name] as const])),
  )
  const taskJson = (task: Task): TaskJson => ({
    id: task.id,
    slot: task.slot ?? null,
    host: task.nodeId === undefined ? null : (nodeNames.get(task.nodeId) ?? task.nodeId),
    state: task.state,
    desiredState: task.desiredState,
    since: new Date(task.since).toISOString(),
    error: task.error ?? null,
    containerId: task.containerId ?? null,
  })
  return fleet.services.map((service) => ({
    id: service.id,
    name: service.name,
    mode: service.mode,
    running: service.running,
    wanted: service.wanted,
    settled: service.isSettled,
    problem: service.problem ?? null,
    image: service.image,
    ports: service.ports.map(({ publishedPort, targetPort, protocol, publishMode }) => ({
      published: publishedPort ?? null,
      target: targetPort,
      protocol,
      mode: publishMode,
    })),
    manager: hostNames.get(service.managerId) ?? service.managerId,
    tasks: service.tasks.map(taskJson),
    failures: service.failures.map(taskJson),
  }))
}
