import type { PairResult } from '../../core/connectivity/types'
import { singleLine } from '../../core/text/single-line'

const words = { pass: 'pass', fail: 'FAIL', 'not-tested': 'not tested' } as const

/** A pair in one line of a run's output: `shell1 (miltitz) → web (tolkewitz): FAIL, web is not running`. */
export function describeLine({ from, to, result, reason }: PairResult): string {
  const why = reason === undefined || result === 'pass' ? '' : `, ${reason}`
  return singleLine(`${from.container} (${from.host}) → ${to.container} (${to.host}): ${words[result]}${why}`, 400)
}
