import type { NameResult } from '../../core/connectivity/names/types'
import type { PairResult } from '../../core/connectivity/types'
import { singleLine } from '../../core/text/single-line'

const words = { pass: 'pass', fail: 'FAIL', 'not-tested': 'not tested' } as const

/** A pair in one line of a run's output: `shell1 (miltitz) → web (tolkewitz): FAIL, web is not running`. */
export function describeLine({ from, to, result, reason }: PairResult): string {
  const why = reason === undefined || result === 'pass' ? '' : `, ${reason}`
  return singleLine(`${from.container} (${from.host}) → ${to.container} (${to.host}): ${words[result]}${why}`, 400)
}

/** The same of a name that is no container's: `shell1 (miltitz) → web (service web): pass`. */
export function describeName({ from, target, result, reason }: NameResult): string {
  const why = reason === undefined || result === 'pass' ? '' : `, ${reason}`
  const ends = `${from.container} (${from.host}) → ${target.name} (${target.standsFor})`
  return singleLine(`${ends}: ${words[result]}${why}`, 400)
}
