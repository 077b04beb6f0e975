import { markdownTable } from 'markdown-table'
import { compareRuns, type PairChange } from '../connectivity/compare-runs'
import type { CheckResult, PairResult } from '../connectivity/types'
import type { ConnectivityRun } from '../connectivity/run'
import type { Finding } from '../diagnosis/finding'
import { count } from '../text/count'
import { escapeMarkdown } from '../text/markdown'
import { formatUtc } from './format-utc'

/** The JSON has them all. */
const maxRows = 50

/** What is another one than in the test before, as a section; empty for a first test, and where all passed both times. */
export function beforeAfterSection(run: ConnectivityRun): string {
  const { before } = run
  if (before === undefined || (isGreen(before.pairs) && isGreen(run.pairs))) return ''
  const changes = compareRuns(before, run)
  const parts = [
    '## Before and after',
    totals(before.pairs, run.pairs, formatUtc(before.startedAt)),
    causes('No longer found', changes.gone),
    causes('Found since', changes.appeared),
    pairs('Mended', changes.mended),
    pairs('Fail since', changes.broken),
  ].filter((part) => part !== '')
  return parts.length > 2 ? parts.join('\n\n') : [...parts, 'Nothing else has changed.'].join('\n\n')
}

function isGreen(pairs: readonly PairResult[]): boolean {
  return pairs.every(({ result }) => result === 'pass')
}

function totals(before: readonly PairResult[], now: readonly PairResult[], when: string): string {
  const row = (title: string, result: CheckResult) => {
    const of = (list: readonly PairResult[]) => String(list.filter((pair) => pair.result === result).length)
    return [title, of(before), of(now)]
  }
  const rows = [row('✅ pass', 'pass'), row('❌ fail', 'fail'), row('➖ not tested', 'not-tested')]
  const header = ['Pairs', `Before (${when})`, 'Now']
  return markdownTable([header, ...rows], { align: ['l', 'r', 'r'], alignDelimiters: false })
}

function causes(title: string, findings: readonly Finding[]): string {
  if (findings.length === 0) return ''
  return `**${title}:**\n\n${findings.map((finding) => `- ${escapeMarkdown(finding.title)}`).join('\n')}`
}

function pairs(title: string, changes: readonly PairChange[]): string {
  if (changes.length === 0) return ''
  const lines = changes.slice(0, maxRows).map(line)
  const more = changes.length > maxRows ? [`- … and ${count(changes.length - maxRows, 'more pair', 'more pairs')}`] : []
  return `**${title}** (${count(changes.length, 'pair')}):\n\n${[...lines, ...more].join('\n')}`
}

function line({ before, now }: PairChange): string {
  const { from, to } = now
  const pair = `${from.container} on ${from.host} → ${to.container} on ${to.host}`
  const reason = now.result === 'fail' ? now.reason : before.reason
  const what = reason === undefined ? '' : `: ${now.result === 'fail' ? '' : 'was '}“${escapeMarkdown(reason)}”`
  return `- ${escapeMarkdown(pair)}${what}`
}
