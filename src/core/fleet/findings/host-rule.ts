import type { Host, TargetSnapshot } from '../../model/host'
import type { HostFinding } from '../../model/host-finding'

/** What the rules look at. */
export interface HostEvidence {
  readonly hosts: readonly Host[]
  readonly snapshots: readonly TargetSnapshot[]
  /** Milliseconds since the epoch. */
  readonly now: number
}

/** One cause. Pure: the same evidence gives the same findings. */
export interface HostRule {
  /** The cause's id, and the file's name. */
  readonly cause: string
  /** By the host's id, for each host that it concerns. */
  find(evidence: HostEvidence): ReadonlyMap<string, HostFinding>
}
