import type { Placement } from '../dialects/classic/placement'
import type { AttachmentTask } from '../model/attachment-task'
import type { SeenCertificate } from '../model/certificate'
import type { Container } from '../model/container'
import type { EngineInfo, NodeAvailability, SwarmNode } from '../model/engine'
import type { EngineNetwork, Subnet } from '../model/network'
import type { NetworkView } from '../model/network-view'
import type { Service, Task, TaskState } from '../model/service'
import type { Target, WayIn } from '../model/target'
import type { InterfaceTraffic } from '../model/traffic'
import type { TerminalSession, TerminalSize } from './terminal'

/** Something that changed on an engine, reduced to what has to be read again. */
export type EngineEvent =
  | {
      readonly kind: 'container'
      readonly action: string
      readonly containerId: string
      /** Where the container runs a swarm task. */
      readonly taskId?: string
    }
  | {
      readonly kind: 'network'
      readonly action: string
      readonly networkId: string
      /** Absent before Docker 1.10. */
      readonly driver?: string
      readonly containerId?: string
    }
  | { readonly kind: 'node'; readonly action: string; readonly nodeId: string }
  | { readonly kind: 'service'; readonly action: string; readonly serviceId: string }
  | { readonly kind: 'engine'; readonly action: string }
  /** Something changed, and the event does not say what. */
  | { readonly kind: 'everything' }

export interface SystemClient {
  info(signal: AbortSignal): Promise<EngineInfo>
  /** The host's clock, to the second: milliseconds since the epoch. Undefined where the engine does not say. */
  clock(signal: AbortSignal): Promise<number | undefined>
  /**
   * The engine's event stream. It yields until `signal` ends it; it throws `unreachable` when the connection is lost.
   * The promise resolves once the engine accepted the request, so that a full read that follows misses nothing.
   */
  events(signal: AbortSignal): Promise<AsyncIterable<EngineEvent>>
}

/** A container to be made. */
export interface ContainerSpec {
  readonly name: string
  readonly image: string
  /** Empty: the image's own command. */
  readonly command: readonly string[]
  readonly networkId: string
  readonly aliases: readonly string[]
  /** `KEY=VALUE` each. */
  readonly environment: readonly string[]
  readonly publishedPorts: readonly PublishedPort[]
  readonly labels: Readonly<Record<string, string>>
  readonly hasTty: boolean
  readonly isInteractive: boolean
  readonly restart: 'no' | 'always' | 'unless-stopped' | 'on-failure'
  /** What it asks of its node in a classic Swarm, whose manager chooses that; anywhere where absent. */
  readonly placement?: Placement
}

export interface PublishedPort {
  readonly containerPort: number
  readonly protocol: 'tcp' | 'udp'
  /** Absent: the engine chooses. */
  readonly hostPort?: number
  readonly hostAddress?: string
}

/** What an inspection says that a list does not, and the whole answer as it came. */
export interface ContainerDetails {
  readonly raw: unknown
  readonly hasTty: boolean
  readonly isStdinOpen: boolean
  /** The engine closes the container's stdin when the first attached client leaves. */
  readonly isStdinOnce: boolean
  readonly isRunning: boolean
  /** How it ended, where it did or could not be started. */
  readonly exit?: ContainerExit
}

/** What an engine keeps of a container's end. */
export interface ContainerExit {
  readonly code: number
  /** The engine's own words, where it could not start it; empty otherwise. */
  readonly error: string
  /** `no`, `always`, `unless-stopped` or `on-failure`. */
  readonly restart: string
  /** Milliseconds since the epoch on the host's clock; absent where it never ran. */
  readonly finishedAt?: number
}

/** A short-lived container in the network namespace of another, or of the host itself. */
export interface HelperSpec {
  readonly image: string
  /** Whose network it joins; it must be running. Absent: the host's own. */
  readonly containerId?: string
  /** It ends by itself after so many seconds, and the engine removes it then. */
  readonly seconds: number
}

export interface LogChunk {
  readonly stream: 'stdout' | 'stderr'
  readonly data: Uint8Array
}

export interface LogOptions {
  readonly follow: boolean
  /** Lines from the end. */
  readonly tail: number
  readonly timestamps: boolean
}

export interface ExecResult {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

export interface ExecOptions {
  readonly command: readonly string[]
  /** Milliseconds until the call fails with `timeout`. The API cannot end an exec: the command needs its own limit too. */
  readonly deadlineMs: number
  readonly onOutput?: (text: string) => void
}

export interface TerminalOptions {
  readonly size: TerminalSize
  /** As the engine's `detachKeys` takes them, for instance `ctrl-p,ctrl-q`. */
  readonly detachKeys: string
}

export interface ShellOptions extends TerminalOptions {
  readonly command: readonly string[]
}

export interface ContainerClient {
  /** All containers, or those of `ids` that still exist. */
  list(signal: AbortSignal, ids?: readonly string[]): Promise<readonly Container[]>
  inspect(id: string, signal: AbortSignal): Promise<ContainerDetails>
  /** Creates, does not start. */
  create(
    spec: ContainerSpec,
    signal: AbortSignal,
  ): Promise<{ readonly id: string; readonly warnings: readonly string[] }>
  /** Creates a helper that sleeps until it is asked something; does not start it. */
  createHelper(spec: HelperSpec, signal: AbortSignal): Promise<{ readonly id: string }>
  start(id: string, signal: AbortSignal): Promise<void>
  stop(id: string, signal: AbortSignal): Promise<void>
  restart(id: string, signal: AbortSignal): Promise<void>
  unpause(id: string, signal: AbortSignal): Promise<void>
  remove(id: string, options: { readonly force: boolean }, signal: AbortSignal): Promise<void>
  logs(id: string, options: LogOptions, signal: AbortSignal): Promise<AsyncIterable<LogChunk>>
  exec(id: string, options: ExecOptions, signal: AbortSignal): Promise<ExecResult>
  /** What went through its interfaces so far. */
  traffic(id: string, signal: AbortSignal): Promise<readonly InterfaceTraffic[]>
  /** Attaches to the container's first process. The signal counts until the session is open. */
  attach(id: string, options: TerminalOptions, signal: AbortSignal): Promise<TerminalSession>
  /** Runs a command in the container with a terminal of its own. The signal counts until the session is open. */
  shell(id: string, options: ShellOptions, signal: AbortSignal): Promise<TerminalSession>
}

/** An overlay network to be made. */
export interface NetworkSpec {
  readonly name: string
  readonly subnets: readonly Subnet[]
  readonly isAttachable: boolean
  readonly isInternal: boolean
  readonly isEncrypted: boolean
  /** Bytes; the MTU of the hosts' network, from which the engine takes the overlay's overhead (moby's overlay driver). */
  readonly mtu?: number
  readonly labels: Readonly<Record<string, string>>
}

/** How a container is joined to a network. */
export interface NetworkEndpoint {
  readonly containerId: string
  /** Further names of it there. */
  readonly aliases: readonly string[]
  /** A fixed IPv4 address, which only a network with a subnet of its user's takes; the engine chooses where absent. */
  readonly address?: string
}

export interface NetworkClient {
  /** All networks, or those of `ids` that this engine lists. */
  list(signal: AbortSignal, ids?: readonly string[]): Promise<readonly EngineNetwork[]>
  /** The engine's answer as it came, with its peers and name table (`verbose=true`) where the engine knows them. */
  inspect(id: string, signal: AbortSignal): Promise<unknown>
  /** The same, as far as it says how the engine sees the network from the inside. */
  view(id: string, signal: AbortSignal): Promise<NetworkView>
  create(spec: NetworkSpec, signal: AbortSignal): Promise<{ readonly id: string; readonly warning?: string }>
  remove(id: string, signal: AbortSignal): Promise<void>
  /** @param network its ID or name */
  connect(network: string, endpoint: NetworkEndpoint, signal: AbortSignal): Promise<void>
  /**
   * @param network its ID or name
   * @param container its ID, or for an endpoint that no container belongs to any more, the name that it was made with
   * @param force also where the engine has lost the container
   */
  disconnect(
    network: string,
    { container, force }: { readonly container: string; readonly force: boolean },
    signal: AbortSignal,
  ): Promise<void>
}

export interface Image {
  readonly id: string
  readonly tags: readonly string[]
}

export interface ImageClient {
  list(signal: AbortSignal): Promise<readonly Image[]>
  /** Pulls a reference that has a tag or digest; `onProgress` gets one line at a time. */
  pull(reference: string, onProgress: (line: string) => void, signal: AbortSignal): Promise<void>
}

/** Which tasks: those that the swarm wants in one of these states, of these services; all where nothing is said. */
export interface TaskFilter {
  readonly desiredStates?: readonly TaskState[]
  readonly serviceIds?: readonly string[]
}

/** A swarm as its managers know it; every call fails with `not-a-manager` elsewhere. */
export interface SwarmClient {
  nodes(signal: AbortSignal): Promise<readonly SwarmNode[]>
  services(signal: AbortSignal): Promise<readonly Service[]>
  tasks(filter: TaskFilter, signal: AbortSignal): Promise<readonly Task[]>
  /** Containers' places on swarm networks. */
  attachments(signal: AbortSignal): Promise<readonly AttachmentTask[]>
  /** The manager's answer as it came. */
  inspectService(id: string, signal: AbortSignal): Promise<unknown>
  /**
   * Has the scheduler replace a service's tasks, by its own rules for updates, without changing what the service is.
   *
   * @throws `conflict` where somebody else changed the service at the same time
   */
  forceUpdate(serviceId: string, signal: AbortSignal): Promise<void>
  /** Changes whether the swarm places containers on a node, and nothing else of it. */
  setAvailability(nodeId: string, availability: NodeAvailability, signal: AbortSignal): Promise<void>
  inspectTask(id: string, signal: AbortSignal): Promise<unknown>
}

/** One engine's API over one connection. Every call has a deadline of its own besides `signal`. */
export interface EngineClient {
  readonly target: Target
  /** The way in that it was reached by. */
  readonly way: WayIn
  /** What TLS depended on when it was connected; empty without TLS. */
  readonly certificates?: readonly SeenCertificate[]
  /** Without the `v`, for instance `1.41`. */
  readonly apiVersion: string
  readonly system: SystemClient
  readonly containers: ContainerClient
  readonly networks: NetworkClient
  readonly images: ImageClient
  readonly swarm: SwarmClient
  /** On a manager of a classic Swarm: the same connection, with new containers going to that node. */
  onNode?(name: string): EngineClient
  /** Ends everything that is open on it. */
  close(): void
}

/** Opens engines. Fails with the code that says which step failed. */
export interface EngineConnector {
  connect(target: Target, signal: AbortSignal): Promise<EngineClient>
}
