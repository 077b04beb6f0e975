import { groupBy } from '../collections/group-by'
import type { FurtherName, NameResult } from '../connectivity/names/types'
import type { CheckResult } from '../connectivity/types'
import type { ConnectivityRun } from '../connectivity/run'
import { count } from '../text/count'
import { summarize, type Summary } from './summary'

/** One name with what all who were asked saw of it. */
export interface NameRow {
  readonly target: FurtherName
  readonly result: CheckResult
  readonly results: readonly NameResult[]
}

/** The names of a run, each once; in the order in which they were planned. */
export function nameRows({ names = [] }: Pick<ConnectivityRun, 'names'>): readonly NameRow[] {
  return [...groupBy(names, ({ target }) => target.name).values()].map((results) => ({
    target: targetOf(results),
    result: worst(results),
    results,
  }))
}

/** What came of the names in one sentence without a full stop; undefined where none was asked for. */
export function summarizeNames(run: Pick<ConnectivityRun, 'names'>): Summary | undefined {
  const rows = nameRows(run)
  if (rows.length === 0) return undefined
  const of = (result: CheckResult) => rows.filter((row) => row.result === result).length
  const [failed, untested] = [of('fail'), of('not-tested')]
  const all = count(rows.length, 'further name')
  const rest = untested > 0 ? `, ${untested} ${untested === 1 ? 'was' : 'were'} not tested` : ''
  if (failed > 0) return { verdict: 'fail', sentence: `${failed} of ${all} ${failed === 1 ? 'fails' : 'fail'}${rest}` }
  if (of('pass') === 0) return { verdict: 'not-tested', sentence: `None of ${all} could be tested` }
  return { verdict: 'pass', sentence: `${of('pass')} of ${all} ${of('pass') === 1 ? 'passes' : 'pass'}${rest}` }
}

/** Pairs and names in one sentence without a full stop, for where there is room for one. */
export function summarizeAll(run: ConnectivityRun): Summary {
  const pairs = summarize(run)
  const names = summarizeNames(run)
  if (names?.verdict !== 'fail') return pairs
  return { verdict: 'fail', sentence: `${pairs.sentence}; ${names.sentence}` }
}

/** A source that is the service's own task does not try its address; the others tell more. */
function targetOf(results: readonly [NameResult, ...NameResult[]]): FurtherName {
  return (results.find(({ target }) => !target.isOwn) ?? results[0]).target
}

function worst(results: readonly NameResult[]): CheckResult {
  const has = (wanted: CheckResult) => results.some(({ result }) => result === wanted)
  return has('fail') ? 'fail' : has('pass') ? 'pass' : 'not-tested'
}
