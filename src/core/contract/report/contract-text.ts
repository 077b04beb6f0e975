import { painter } from '../../report/paint'
import { count } from '../../text/count'
import { stripControl } from '../../text/sanitize'
import type { ContractRun } from '../contract-run'
import type { LineResult } from '../judge'
import { summarizeContract } from './summary'

const signs = { pass: '✓', fail: '✗', 'not-tested': '–' } as const
const maxPairs = 10

/** A contract's outcome for a terminal: each line, below what fails the pairs and the cause, and the verdict last. */
export function contractText(run: ContractRun, { isColored }: { readonly isColored: boolean }): string {
  const paint = painter(isColored)
  const { verdict, sentence } = summarizeContract(run)
  const took = `${(run.durationMs / 1000).toFixed(1)} s, ${count(run.execs, 'exec')}`
  const lines = run.lines.map((result) =>
    [`${paint(result.result, signs[result.result])} ${headOf(result)}`, ...detailsOf(result)].map(stripEnds).join('\n'),
  )
  return [lines.join('\n'), `${paint(verdict, sentence)} (${took})`].filter((part) => part !== '').join('\n\n')
}

function headOf({ line }: LineResult): string {
  const because = line.because === undefined ? '' : ` (${line.because})`
  return stripControl(`line ${line.lineNumber}: ${line.title}${because}`)
}

function detailsOf({ result, sentence, asks, findings }: LineResult): readonly string[] {
  if (result === 'pass') return []
  if (result === 'not-tested') return [`    not tested: ${stripControl(sentence)}`]
  const failed = asks.filter((ask) => ask.result === 'fail')
  const pairs = failed
    .slice(0, maxPairs)
    .map(
      ({ from, to, detail }) =>
        `    ${stripControl(`${from.container} (${from.host}) → ${to.container} (${to.host}): ${detail}`)}`,
    )
  const more = failed.length > maxPairs ? [`    … and ${failed.length - maxPairs} more`] : []
  const causes = findings.flatMap(({ title, cause, confidence, evidence, remedy }) => [
    `    ${stripControl(title)} [${cause}, ${confidence} %]`,
    ...evidence.map((each) => `      - ${stripControl(each)}`),
    `      → ${stripControl(remedy)}`,
  ])
  return [...pairs, ...more, ...causes]
}

/** Colours end in a control sequence of ours; only blanks go. */
function stripEnds(line: string): string {
  return line.trimEnd()
}
