import type { PairResult, TestedNetwork } from '../connectivity/types'
import type { HostReading, HostsReading } from './hosts-reading'

/** `not-tested` wherever nothing decides: a verdict without evidence would be a guess. */
export type Verdict = 'ok' | 'failed' | 'not-tested'

/** What came of one check at one host. */
export interface CheckVerdict {
  readonly verdict: Verdict
  /** What it was concluded from, or why nothing could be; one or more sentences for a person. */
  readonly reason: string
}

/** What checks look at. */
export interface CheckEvidence {
  readonly network: TestedNetwork
  /** Bytes that the network's largest packets have between the hosts, VXLAN's part included. */
  readonly hostMtu: number
  readonly reading: HostsReading
  /** Pairs of containers on different hosts that were probed. */
  readonly pairs: readonly PairResult[]
}

/** One thing that hosts of an overlay network owe each other. The file's name is its id. */
export interface HostCheck {
  readonly id: string
  /** A column's heading. */
  readonly title: string
  judge(host: HostReading, evidence: CheckEvidence): CheckVerdict
}

export function ok(reason: string): CheckVerdict {
  return { verdict: 'ok', reason }
}

export function failed(...reasons: readonly string[]): CheckVerdict {
  return { verdict: 'failed', reason: reasons.filter((reason) => reason !== '').join(' ') }
}

export function notTested(reason: string): CheckVerdict {
  return { verdict: 'not-tested', reason }
}
