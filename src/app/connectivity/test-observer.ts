import type { PlannedPair, SourcePlan } from '../../core/connectivity/plan'
import type { PairResult } from '../../core/connectivity/types'

/** Hears of a test while it runs. Pairs that are looked at twice are told of twice: the last word counts. */
export interface TestObserver {
  /** Before anything is asked. */
  planned?(pairs: readonly PlannedPair[]): void
  /** Before a container is asked. */
  asking?(source: SourcePlan): void
  /** Pairs whose result is known without asking, and all of a container once it was asked. */
  found?(results: readonly PairResult[]): void
}
