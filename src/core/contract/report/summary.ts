import type { CheckResult } from '../../connectivity/types'
import type { LineResult } from '../judge'

/** How many lines hold, fail, and could not be tested. */
export function countLines(lines: readonly Pick<LineResult, 'result'>[]): Readonly<Record<CheckResult, number>> {
  const of = (result: CheckResult) => lines.filter((line) => line.result === result).length
  return { pass: of('pass'), fail: of('fail'), 'not-tested': of('not-tested') }
}

/** The contract in one sentence without a full stop. */
export function summarizeContract({
  lines,
  isCancelled,
}: {
  readonly lines: readonly Pick<LineResult, 'result'>[]
  readonly isCancelled: boolean
}): { readonly verdict: CheckResult; readonly sentence: string } {
  const { pass, fail, 'not-tested': untested } = countLines(lines)
  const all = `${lines.length} ${lines.length === 1 ? 'line' : 'lines'}`
  const rest = `${untested > 0 ? `, ${untested} could not be tested` : ''}${isCancelled ? ' (cancelled)' : ''}`
  if (fail > 0) return { verdict: 'fail', sentence: `${fail} of ${all} ${fail === 1 ? 'fails' : 'fail'}${rest}` }
  const verdict = untested > 0 || isCancelled || pass === 0 ? 'not-tested' : 'pass'
  return { verdict, sentence: `${pass} of ${all} ${pass === 1 ? 'holds' : 'hold'}${rest}` }
}
