export type ContainerState =
  'created' | 'running' | 'paused' | 'restarting' | 'removing' | 'exited' | 'dead' | 'unknown'

/** A port that the image or the container exposes, and where the host publishes it. */
export interface ContainerPort {
  readonly privatePort: number
  readonly protocol: 'tcp' | 'udp' | 'sctp'
  readonly publicPort?: number
  readonly hostAddress?: string
}

/** A container's endpoint on one network. A stopped container keeps its attachment, without an address. */
export interface Attachment {
  readonly networkId: string
  readonly networkName: string
  readonly address?: string
  readonly addressV6?: string
  readonly aliases: readonly string[]
}

/** The swarm task that a container runs, from the labels that the engine itself sets. */
export interface TaskRef {
  readonly serviceId: string
  readonly serviceName: string
  readonly taskId: string
  /** From 1; absent where each node has one task. */
  readonly slot?: number
  readonly nodeId: string
}

/** One container as `GET /containers/json?all=1` lists it. */
export interface Container {
  readonly id: string
  readonly name: string
  readonly image: string
  readonly command: string
  /** Milliseconds since the epoch. */
  readonly createdAt: number
  readonly state: ContainerState
  /** The engine's own words, for instance "Up 3 minutes". */
  readonly status: string
  readonly ports: readonly ContainerPort[]
  readonly labels: Readonly<Record<string, string>>
  readonly attachments: readonly Attachment[]
  readonly task?: TaskRef
  /** The engine that it is on, where a manager of a classic Swarm lists it. */
  readonly node?: string
}
