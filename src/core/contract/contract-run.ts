import type { HelpedSource, UnreachableHost } from '../connectivity/types'
import type { Finding } from '../diagnosis/finding'
import type { LineResult } from './judge'

/** What came of testing a contract. */
export interface ContractRun {
  /** Milliseconds since the epoch. */
  readonly startedAt: number
  readonly durationMs: number
  readonly execs: number
  readonly isCancelled: boolean
  /** In the order of the contract. */
  readonly lines: readonly LineResult[]
  /** The causes of what must work and does not, over all lines. */
  readonly findings: readonly Finding[]
  readonly helped: readonly HelpedSource[]
  /** Hosts that could have containers on the networks that were tested, and could not be asked. */
  readonly unreachableHosts: readonly UnreachableHost[]
}
