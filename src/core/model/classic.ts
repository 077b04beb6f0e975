/** One engine of a classic Swarm, as the manager's table in `GET /info` has it. */
export interface ClassicNode {
  /** The engine's host name; the manager's name for one that it never reached is `(unknown)`. */
  readonly name: string
  /** The engine's API as the manager reaches it, for instance `10.98.0.11:2375`. */
  readonly address: string
  /** Absent before 1.2. */
  readonly engineId?: string
  /** `pending`: the manager does not take it yet; `unhealthy`: it lost it. Versions that do not say count as healthy. */
  readonly status: 'healthy' | 'pending' | 'unhealthy'
  /** The manager's own words on what is wrong. */
  readonly reason?: string
  readonly labels: Readonly<Record<string, string>>
  /** Absent before 1.2. */
  readonly engineVersion?: string
  /** How many containers there are, running or not. */
  readonly containers: number
  /** In the manager's words, for instance `0 / 2`. */
  readonly reservedCpus: string
  /** In the manager's words, for instance `0 B / 24.72 GiB`. */
  readonly reservedMemory: string
  /** Milliseconds since the epoch at which the manager last heard of it; absent in 1.0. */
  readonly updatedAt?: number
}

/** A classic (standalone) Swarm, as one of its managers knows it. */
export interface ClassicCluster {
  /** The manager's version, for instance `1.2.9`. */
  readonly version: string
  /** A replica hands everything on to the primary. */
  readonly role: 'primary' | 'replica'
  /** The primary's address; a replica names it. */
  readonly primary?: string
  /** How a node is chosen where a container names none: `spread`, `binpack` or `random`. */
  readonly strategy: string
  /** By what nodes are ruled out before that, for instance `health`, `port`, `affinity` and `constraint`; empty where it does not say. */
  readonly filters: readonly string[]
  readonly nodes: readonly ClassicNode[]
}
