import { markdownTable } from 'markdown-table'
import { count } from '../../../text/count'
import { escapeMarkdown } from '../../../text/markdown'
import type { Examination } from '../examination'
import { findingsSection } from './finding-section'

/** One host that was to be examined, and what came of it. */
export type Examined =
  | { readonly host: string; readonly examination: Examination }
  /** Why it could not be examined, for a person. */
  | { readonly host: string; readonly failure: string }

/** Several hosts side by side: which has what, then the findings of each. */
export function comparisonReport(examined: readonly Examined[]): string {
  const wrong = examined.filter((one) => !('examination' in one) || one.examination.findings.length > 0)
  return [
    `# Examination of ${count(examined.length, 'host')}`,
    wrong.length === 0
      ? 'Nothing was found on any of them.'
      : `Something is wrong with ${wrong.length === examined.length && wrong.length > 1 ? 'all of them' : wrong.map(({ host }) => escapeMarkdown(host)).join(', ')}.`,
    matrix(examined),
    ...examined.flatMap((one) => [
      'examination' in one
        ? findingsSection(one.examination.findings, `## ${escapeMarkdown(one.host)}`)
        : `## ${escapeMarkdown(one.host)}\n\nIt could not be examined. ${escapeMarkdown(one.failure)}`,
      ...('examination' in one ? unseenOf(one.examination) : []),
    ]),
    '',
  ].join('\n\n')
}

/** A row a host, a column a cause; causes that no host has are left out. */
function matrix(examined: readonly Examined[]): string {
  const causes = [
    ...new Set(
      examined.flatMap((one) => ('examination' in one ? one.examination.findings.map(({ cause }) => cause) : [])),
    ),
  ]
  const rows = examined.map((one) => {
    if (!('examination' in one)) return [escapeMarkdown(one.host), ...causes.map(() => '?'), 'not examined']
    const { findings, facts } = one.examination
    const marks = causes.map((cause) => {
      const severities = findings.filter((finding) => finding.cause === cause).map(({ severity }) => severity)
      return severities.length === 0 ? '·' : severities.includes('error') ? '✗' : '!'
    })
    const unseen = facts.unseen.length === 0 ? 'all seen' : `${count(facts.unseen.length, 'thing')} not seen`
    return [escapeMarkdown(one.host), ...marks, unseen]
  })
  return markdownTable([['Host', ...causes, 'Completeness'], ...rows], {
    align: ['l', ...causes.map(() => 'c' as const), 'l'],
  })
}

function unseenOf({ facts }: Examination): readonly string[] {
  if (facts.unseen.length === 0) return []
  return [`Not looked at: ${escapeMarkdown(facts.unseen.map(({ what, why }) => `${what} (${why})`).join('; '))}`]
}
