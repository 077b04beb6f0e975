export interface Subnet {
  readonly subnet: string
  readonly gateway?: string
}

/** One network as one engine lists it (`GET /networks`). */
export interface EngineNetwork {
  readonly id: string
  readonly name: string
  readonly driver: string
  /** `swarm`: known to a swarm's managers; `global`: through a key-value store; `local`: this engine's own. */
  readonly scope: 'local' | 'swarm' | 'global'
  readonly subnets: readonly Subnet[]
  readonly options: Readonly<Record<string, string>>
  readonly labels: Readonly<Record<string, string>>
  readonly isInternal: boolean
  readonly isAttachable: boolean
  readonly isIngress: boolean
  readonly isEncrypted: boolean
  /**
   * The engine does not list it now, though containers that run there are on it: its key-value store gives it nothing.
   * What is said of the network is then as it was last listed.
   */
  readonly isUnlisted?: true
  /** The engine whose local network it is, where a manager of a classic Swarm lists it. */
  readonly node?: string
}

/** A container on a network, on whichever host. */
export interface NetworkMember {
  readonly containerId: string
  readonly container: string
  readonly hostId: string
  readonly host: string
  /** Absent while the container does not run. */
  readonly address?: string
  readonly isRunning: boolean
}

/** A network over the whole fleet: an overlay joined by its ID, or one host's local network. */
export interface FleetNetwork extends EngineNetwork {
  /** Equal to `id` for overlays; local networks carry their host's id too, because cloned machines share IDs. */
  readonly key: string
  /** IDs of the hosts whose engine lists it (a worker lists a swarm network only while a container there uses it). */
  readonly hostIds: readonly string[]
  readonly hosts: readonly string[]
  readonly members: readonly NetworkMember[]
}

/** Whether a container can be put on a network by hand. Only a swarm's networks can be closed to that. */
export function takesContainers({ scope, isAttachable }: Pick<EngineNetwork, 'scope' | 'isAttachable'>): boolean {
  return scope !== 'swarm' || isAttachable
}

/** Of the overlay driver, as far as it is known: what managers took and could not give addresses has none. */
export function isOfOverlayDriver({ driver, scope }: Pick<EngineNetwork, 'driver' | 'scope'>): boolean {
  return driver === 'overlay' || (driver === '' && scope === 'swarm')
}

/** Whether a network can span hosts. */
export function isOverlay(network: Pick<EngineNetwork, 'driver' | 'scope'>): boolean {
  return network.driver === 'overlay' || network.scope !== 'local'
}
