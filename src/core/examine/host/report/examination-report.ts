import { count } from '../../../text/count'
import { escapeMarkdown } from '../../../text/markdown'
import type { Examination } from '../examination'
import { factParts } from './fact-tables'
import { findingsSection } from './finding-section'

/** An examination as a Markdown document: what is wrong, what was seen, what could not be looked at. */
export function examinationReport({ facts, findings }: Examination): string {
  const seconds = (facts.durationMs / 1000).toFixed(1)
  return [
    `# Examination of ${escapeMarkdown(facts.host)}`,
    `${new Date(facts.examinedAt).toISOString().replace('T', ' ').slice(0, 19)} UTC, ${seconds} s. It only read; nothing was changed.`,
    findingsSection(findings),
    ...unseenWarning(facts.unseen.length),
    '## What was seen',
    ...factParts(facts).flatMap(({ title, body }) => [`### ${title}`, body]),
    '## What could not be looked at',
    facts.unseen.length === 0
      ? 'Nothing: all of it was seen.'
      : facts.unseen.map(({ what, why }) => `- ${escapeMarkdown(`${what}: ${why}`)}`).join('\n'),
    '',
  ].join('\n\n')
}

/** Nobody should take a look without rights for a clean bill of health. */
function unseenWarning(unseen: number): readonly string[] {
  return unseen === 0 ? [] : [`_${count(unseen, 'thing')} could not be looked at; they are listed at the end._`]
}
