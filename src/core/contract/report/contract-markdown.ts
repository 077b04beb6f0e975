import { markdownTable } from 'markdown-table'
import type { CheckResult } from '../../connectivity/types'
import { count } from '../../text/count'
import { codeSpan, escapeMarkdown } from '../../text/markdown'
import type { ContractRun } from '../contract-run'
import type { LineResult } from '../judge'
import { summarizeContract } from './summary'

const signs: Readonly<Record<CheckResult, string>> = { pass: '✅', fail: '❌', 'not-tested': '➖' }

/** A contract's outcome as a document to be read: verdict, all lines, and what fails with its cause. */
export function contractMarkdown(run: ContractRun, file: string): string {
  const { verdict, sentence } = summarizeContract(run)
  const rows = run.lines.map(({ line, result, sentence: said }) => [
    signs[result],
    String(line.lineNumber),
    escapeMarkdown(line.title),
    result === 'pass' ? '' : escapeMarkdown(said),
  ])
  const sections = [
    `# Contract ${codeSpan(file)}`,
    `${signs[verdict]} **${sentence}**`,
    markdownTable([['', 'Line', 'What it says', 'What was seen'], ...rows], { alignDelimiters: false }),
    ...run.lines.filter(({ result }) => result === 'fail').map(failure),
    ...unasked(run),
    `---\n\nBegun ${new Date(run.startedAt)
      .toISOString()
      .replace('T', ' ')
      .replace(/\.\d+Z/, ' UTC')}, took ${(run.durationMs / 1000).toFixed(1)} s and ${count(run.execs, 'exec')}.`,
  ]
  return `${sections.join('\n\n')}\n`
}

function failure({ line, asks, findings }: LineResult): string {
  const failed = asks
    .filter(({ result }) => result === 'fail')
    .map(
      ({ from, to, detail }) =>
        `- ${escapeMarkdown(`${from.container} (${from.host}) → ${to.container} (${to.host}): ${detail}`)}`,
    )
  return [
    `## Line ${line.lineNumber}: ${escapeMarkdown(line.title)}`,
    ...(line.because === undefined ? [] : [`It is there because: ${escapeMarkdown(line.because)}`]),
    failed.join('\n'),
    ...findings.flatMap(({ title, cause, confidence, evidence, remedy }) => [
      `**${escapeMarkdown(title)}** Cause \`${cause}\`, confidence ${confidence} %`,
      evidence.map((sentence) => `- ${escapeMarkdown(sentence)}`).join('\n'),
      `**What to do:** ${escapeMarkdown(remedy)}`,
    ]),
  ].join('\n\n')
}

function unasked({ unreachableHosts }: ContractRun): readonly string[] {
  if (unreachableHosts.length === 0) return []
  const hosts = unreachableHosts.map(({ host, reason }) => `- **${escapeMarkdown(host)}**: ${escapeMarkdown(reason)}`)
  return [`## Hosts that could not be asked\n\n${hosts.join('\n')}`]
}
