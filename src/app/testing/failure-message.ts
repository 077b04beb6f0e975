import type { NameResult } from '../../core/connectivity/names/types'
import type { PairResult } from '../../core/connectivity/types'
import type { Finding } from '../../core/diagnosis/finding'
import { escapeMarkdown } from '../../core/text/markdown'

/**
 * What a failed test says, as Markdown: the cause, what to do and the evidence, then what this pair saw itself. Texts from
 * engines and containers in it are escaped.
 */
export function failureMessage(pair: PairResult, finding: Finding | undefined): string {
  const { from, to } = pair
  return messageOf(pair, `${from.container} on ${from.host} → ${to.container} on ${to.host}`, finding)
}

/** The same of a name that is no container's. */
export function nameFailureMessage(name: NameResult, finding: Finding | undefined): string {
  const { from, target } = name
  return messageOf(name, `${from.container} on ${from.host} → ${target.name} (${target.standsFor})`, finding)
}

function messageOf(
  { checks, reason }: Pick<PairResult, 'checks' | 'reason'>,
  ends: string,
  finding: Finding | undefined,
): string {
  const seen = checks
    .filter(({ kind }) => kind !== 'target')
    .map(({ result, detail }) => `- ${signs[result]} ${escapeMarkdown(detail)}`)
  const parts = [
    `**${escapeMarkdown(finding?.title ?? reason ?? 'The test failed')}**`,
    finding && escapeMarkdown(finding.remedy),
    finding && list(finding.evidence),
    [escapeMarkdown(`${ends}:`), seen.length === 0 ? `- ${escapeMarkdown(reason ?? '')}` : seen.join('\n')].join(
      '\n\n',
    ),
  ]
  return parts.filter((part) => part !== undefined && part !== '').join('\n\n')
}

const signs = { pass: '✓', fail: '✗', 'not-tested': '–' } as const

function list(sentences: readonly string[]): string {
  return sentences.map((sentence) => `- ${escapeMarkdown(sentence)}`).join('\n')
}
