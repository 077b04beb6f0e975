import type { ClassicCluster } from './classic'
import type { Container } from './container'
import type { EngineNetwork } from './network'
import type { ServiceReading } from './service'

export type NodeRole = 'manager' | 'worker'
export type NodeAvailability = 'active' | 'pause' | 'drain'
export type NodeState = 'unknown' | 'down' | 'ready' | 'disconnected'

/** An engine's own view of its swarm membership (`GET /info`, `Swarm`). */
export interface SwarmMembership {
  /** `unknown`: it says nothing of swarm mode, which came with Docker 1.12. */
  readonly state: 'inactive' | 'pending' | 'active' | 'error' | 'locked' | 'unknown'
  readonly nodeId?: string
  readonly nodeAddress?: string
  readonly isManager: boolean
  readonly clusterId?: string
  /** UDP; another than 4789 where the swarm was made with `--data-path-port`. Only managers say it. */
  readonly dataPathPort?: number
  readonly error?: string
}

/** One engine, from `GET /version` and `GET /info`. */
export interface EngineInfo {
  /** Not unique: machines cloned with `/etc/docker/key.json` share it. */
  readonly engineId: string
  readonly hostName: string
  readonly version: string
  /** The version both sides agreed on. */
  readonly apiVersion: string
  readonly operatingSystem: string
  readonly architecture: string
  readonly kernelVersion: string
  readonly swarm: SwarmMembership
  readonly warnings: readonly string[]
  /** The key-value store of its overlay networks (`--cluster-store`, up to Docker 20.10), for instance `etcd://10.0.0.5:2379`. */
  readonly clusterStore?: string
  /** What it tells the other engines of that store: its address, and the port of its API. Without it they do not find it. */
  readonly clusterAdvertise?: string
  /** Present where a manager of a classic (standalone) Swarm answers in the place of an engine. */
  readonly classic?: ClassicCluster
}

/** A swarm node as a manager knows it (`GET /nodes`). */
export interface SwarmNode {
  readonly id: string
  readonly hostName: string
  readonly role: NodeRole
  readonly availability: NodeAvailability
  readonly state: NodeState
  readonly message?: string
  readonly address?: string
  readonly isLeader: boolean
  /** Of a manager, as the leader sees its part in the quorum. */
  readonly reachability?: 'reachable' | 'unreachable' | 'unknown'
  readonly engineVersion: string
}

/** Everything one engine said, at one moment. Never mutated: a change makes a new one. */
export interface EngineSnapshot {
  readonly info: EngineInfo
  readonly containers: readonly Container[]
  readonly networks: readonly EngineNetwork[]
  /** Empty on workers and outside a swarm. */
  readonly nodes: readonly SwarmNode[]
  /** On a manager that could be asked. */
  readonly swarmServices?: ServiceReading
}
