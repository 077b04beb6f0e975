import type { ConnectionStep, StepOutcome } from '../connection-step'
import type { ErrorCode } from '../errors'
import type { ClassicNode } from './classic'
import type { SeenCertificate } from './certificate'
import type { EngineSnapshot, NodeAvailability, NodeRole, NodeState } from './engine'
import type { HostFinding } from './host-finding'
import type { Target, WayIn } from './target'

export type HostState =
  | 'ready'
  | 'connecting'
  | 'unreachable'
  /** Reached, but it refused us or we must not trust it. */
  | 'unauthorized'
  | 'disabled'
  /** A swarm node that a manager knows, and to which no way in is known. */
  | 'unknown'

/** Why a host is not ready. */
export interface HostFailure {
  readonly code: ErrorCode
  /** What happened and what to do next, for a person. */
  readonly message: string
  /** The step that the last try to connect failed at; of several ways in, that of the one which came closest. */
  readonly step?: ConnectionStep
  /** How far the last try to connect got; absent where that is not known, or there are several ways in. */
  readonly steps?: readonly StepOutcome[]
  /** Milliseconds since the epoch. */
  readonly since: number
  readonly nextTryAt?: number
}

/** What a target's engine said of itself when it was last ready: it still tells which swarm node a silent host is. */
export interface EngineIdentity {
  readonly hostName: string
  readonly nodeId?: string
  readonly address?: string
  readonly engineVersion: string
  readonly clusterStore?: string
  /** Its role in its swarm: with the last manager, nobody is left who could say. */
  readonly role?: NodeRole
}

/** Why an engine could not do what it was asked: its key-value store. */
export interface StoreFailure {
  /** The engine's own words. */
  readonly message: string
  /** Milliseconds since the epoch. */
  readonly at: number
}

/** What is known of one target: its connection and, while that is ready, what its engine said. */
export interface TargetSnapshot {
  readonly target: Target
  readonly state: Exclude<HostState, 'unknown'>
  readonly failure?: HostFailure
  readonly engine?: EngineSnapshot
  /** The way that is used, while the target is ready. */
  readonly way?: WayIn
  /** What TLS depends on, while the target is ready; absent without TLS. */
  readonly certificates?: readonly SeenCertificate[]
  readonly lastKnown?: EngineIdentity
  /** What the engine said last of a key-value store that failed it; absent once the store is known to answer. */
  readonly storeFailure?: StoreFailure
}

/** A host's place in a classic Swarm. */
export interface ClassicMembership {
  /** The host that stands for the manager; its engine's `info.classic` is the cluster. */
  readonly managerId: string
  readonly node: ClassicNode
}

/** One machine of the fleet: one or more targets that lead to it, and what a manager says of it. */
export interface Host {
  readonly id: string
  readonly name: string
  readonly address: string
  /** The way in, as a URL; empty for a node without one. */
  readonly via: string
  /** Further ways in to the same engine. */
  readonly alsoVia: readonly string[]
  /** The way that is used, while the host is ready. */
  readonly way?: WayIn
  readonly target?: Target
  /** The target that leads to the host's own command line: whichever of its ways in goes over SSH, unless it is disabled. */
  readonly sshTarget?: Target
  /** Further entries of the sources that lead to it. */
  readonly otherTargets?: readonly Target[]
  readonly state: HostState
  readonly failure?: HostFailure
  readonly engine?: EngineSnapshot
  readonly nodeId?: string
  readonly role?: NodeRole
  readonly isLeader: boolean
  readonly availability?: NodeAvailability
  /** The node's state as a manager sees it. */
  readonly nodeState?: NodeState
  /** The key-value store of the engine's overlay networks, as it says, or said when it was last ready. */
  readonly clusterStore?: string
  /** For an engine of a classic Swarm, whether it is reached through the manager or directly. */
  readonly classic?: ClassicMembership
  /** The node's engine version as a manager knows it, or as the engine said. */
  readonly engineVersion?: string
  /** What should be known about it; absent where there is nothing. */
  readonly findings?: readonly HostFinding[]
}
