import { isOk, type ConnectivityRun } from '../connectivity/run'
import { count } from '../text/count'

export interface Summary {
  readonly verdict: 'pass' | 'fail' | 'not-tested'
  /** One sentence without a full stop, for instance "2 of 12 pairs fail, 1 was not tested". */
  readonly sentence: string
}

/** A run in one sentence. */
export function summarize(run: ConnectivityRun): Summary {
  const of = (result: string) => run.pairs.filter((pair) => pair.result === result).length
  const [failed, untested] = [of('fail'), of('not-tested')]
  const rest = `${untested > 0 ? `, ${untested} ${untested === 1 ? 'was' : 'were'} not tested` : ''}${run.isCancelled ? ' (cancelled)' : ''}`
  const all = count(run.pairs.length, 'pair')
  if (failed > 0) return { verdict: 'fail', sentence: `${failed} of ${all} ${failed === 1 ? 'fails' : 'fail'}${rest}` }
  if (run.pairs.length === 0)
    return { verdict: 'not-tested', sentence: 'Nothing was tested: there are fewer than two containers' }
  if (untested === run.pairs.length)
    return { verdict: 'not-tested', sentence: `None of ${all} could be tested${run.isCancelled ? ' (cancelled)' : ''}` }
  const verdict = isOk(run) ? 'pass' : 'not-tested'
  return { verdict, sentence: `${of('pass')} of ${all} ${of('pass') === 1 ? 'passes' : 'pass'}${rest}` }
}
