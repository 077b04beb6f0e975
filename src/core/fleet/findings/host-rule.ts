import type { Host, TargetSnapshot } from '../../model/host'
import type { HostFinding } from '../../model/host-finding'

/** What the rules look at besides the host itself. */
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
  /** What there is to say of one host; undefined where there is nothing. */
  find(host: Host, evidence: HostEvidence): HostFinding | undefined
}
