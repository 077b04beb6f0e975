import type { Check, PairResult } from '../connectivity/types'
import type { ConnectivityRun } from '../connectivity/run'
import type { NameFailure } from './name-failures'
import type { Finding } from './finding'

/** What a test gives the rules. */
export type TestOutcome = Pick<
  ConnectivityRun,
  'network' | 'pairs' | 'names' | 'gateways' | 'unreachableHosts' | 'reading'
>

/** One check that failed, and whose. */
export interface Failure {
  readonly pair: PairResult
  readonly check: Check
}

/** What a rule looks at. */
export interface Evidence extends TestOutcome {
  /** What no earlier rule has explained. */
  readonly failures: readonly Failure[]
  /** The same of names that are no container's, without what only follows from failing pairs. */
  readonly nameFailures: readonly NameFailure[]
}

/** A finding and the failures that it explains. */
export interface Explanation {
  /** Which pairs it is about is filled in from what it explains. */
  readonly finding: Omit<Finding, 'pairs' | 'names'>
  readonly explains: readonly Failure[]
  readonly explainsNames?: readonly NameFailure[]
}

/** One cause. The file's name is its id. */
export interface Rule {
  readonly id: string
  diagnose(evidence: Evidence): readonly Explanation[]
}

export function failuresOf(pairs: readonly PairResult[]): readonly Failure[] {
  return pairs.flatMap((pair) =>
    pair.checks.filter(({ result }) => result === 'fail').map((check) => ({ pair, check })),
  )
}
