import type { PairResult } from '../connectivity/types'
import type { ConnectivityRun } from '../connectivity/run'
import { count } from '../text/count'
import { stripControl } from '../text/sanitize'
import { allPeers } from './matrix'
import { nameRows, summarizeNames } from './name-rows'
import { painter, type Painter } from './paint'
import { summarize } from './summary'
import { textHostMatrix, textMatrix } from './text-matrix'

const maxMatrixSize = 40
const maxFailures = 10

export interface TextOptions {
  readonly isColored: boolean
}

/** A test's outcome for a terminal: matrix, what failed, why, and the verdict last, where the eye is. */
export function textReport(run: ConnectivityRun, { isColored }: TextOptions): string {
  const paint = painter(isColored)
  const { verdict, sentence } = summarize(run)
  const names = summarizeNames(run)
  const took = `${(run.durationMs / 1000).toFixed(1)} s, ${count(run.execs, 'exec')}`
  return [
    matrix(run, paint),
    failures(run.pairs, paint),
    failingNames(run, paint),
    untested(run, paint),
    findings(run),
    `${paint(verdict, `${stripControl(run.network.name)}: ${sentence}`)}${names ? `; ${paint(names.verdict, names.sentence)}` : ''} (${took})`,
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

function matrix(run: ConnectivityRun, paint: Painter): string {
  if (run.pairs.length === 0) return ''
  return allPeers(run).length > maxMatrixSize ? textHostMatrix(run, paint) : textMatrix(run, paint)
}

function failures(pairs: readonly PairResult[], paint: Painter): string {
  const failed = pairs.filter(({ result }) => result === 'fail')
  const lines = failed.slice(0, maxFailures).map((pair) => {
    const ends = `${pair.from.container} (${pair.from.host}) → ${pair.to.container} (${pair.to.host})`
    return `${paint('fail', '✗')} ${stripControl(ends)}: ${stripControl(pair.reason ?? '')}`
  })
  if (failed.length > maxFailures) lines.push(`  … and ${failed.length - maxFailures} more`)
  return lines.join('\n')
}

/** One line a name: what one source saw as a rule says what the others did. */
function failingNames(run: ConnectivityRun, paint: Painter): string {
  const failed = nameRows(run).filter(({ result }) => result === 'fail')
  const lines = failed.slice(0, maxFailures).map(({ target, results }) => {
    const seen = results.filter(({ result }) => result === 'fail')
    const [first] = seen
    const from = first ? `${first.from.container} (${first.from.host})` : ''
    const more = seen.length > 1 ? ` and ${seen.length - 1} more` : ''
    const what = `${from}${more} → ${target.name} (${target.standsFor}): ${first?.reason ?? ''}`
    return `${paint('fail', '✗')} ${stripControl(what)}`
  })
  if (failed.length > maxFailures) lines.push(`  … and ${failed.length - maxFailures} more`)
  return lines.join('\n')
}

function untested({ pairs, unreachableHosts }: ConnectivityRun, paint: Painter): string {
  const reasons = new Map<string, number>()
  for (const { result, reason = '' } of pairs)
    if (result === 'not-tested') reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
  const sign = paint('not-tested', '–')
  return [
    ...unreachableHosts.map(({ host, reason }) => `${sign} ${stripControl(`${host} could not be asked: ${reason}`)}`),
    ...[...reasons].map(([reason, n]) => `${sign} ${count(n, 'pair')} not tested: ${stripControl(reason)}`),
  ].join('\n')
}

function findings({ findings: found }: ConnectivityRun): string {
  return found
    .map(({ title, cause, confidence, evidence, remedy }) =>
      [
        `${stripControl(title)} [${cause}, ${confidence} %]`,
        ...evidence.map((sentence) => `  - ${stripControl(sentence)}`),
        `  → ${stripControl(remedy)}`,
      ].join('\n'),
    )
    .join('\n\n')
}
