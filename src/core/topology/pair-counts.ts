import type { CheckResult } from '../connectivity/types'
import type { LinkState, PairCounts } from './topology'

export const noPairs: PairCounts = { passed: 0, failed: 0, untested: 0 }

/** The counts with one more result. */
export function countPair({ passed, failed, untested }: PairCounts, result: CheckResult): PairCounts {
  return {
    passed: passed + Number(result === 'pass'),
    failed: failed + Number(result === 'fail'),
    untested: untested + Number(result === 'not-tested'),
  }
}

export function stateOf({ passed, failed, untested }: PairCounts): LinkState {
  if (failed > 0) return passed > 0 ? 'partly' : 'fail'
  if (passed > 0) return 'pass'
  return untested > 0 ? 'not-tested' : 'unknown'
}

/** `2 of 4 pairs fail`, for a person. */
export function countsInWords({ passed, failed, untested }: PairCounts): string {
  const all = passed + failed + untested
  if (all === 0) return 'not tested yet'
  const noun = all === 1 ? 'pair' : 'pairs'
  if (failed > 0) return `${failed} of ${all} ${noun} ${failed === 1 ? 'fails' : 'fail'}`
  if (passed === 0) return `${all} ${noun} could not be tested`
  return `${passed} of ${all} ${noun} ${passed === 1 ? 'passes' : 'pass'}`
}
