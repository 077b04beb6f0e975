import { codeBlock, escapeMarkdown } from '../../../text/markdown'
import type { HostDiagnosis } from '../host-diagnosis'

/**
 * What is wrong at a host, the first thing to mend first, as Markdown.
 *
 * @param heading with its number signs; those of the findings have one more
 */
export function findingsSection(findings: readonly HostDiagnosis[], heading = '## What is wrong'): string {
  const below = `${/^#+/.exec(heading)?.[0] ?? ''}#`
  if (findings.length === 0) return `${heading}\n\nNothing was found.`
  const list = findings.map(({ title, severity, evidence, remedy, byHand = [], byHandHere = [] }, index) =>
    [
      `${below} ${index + 1}. ${escapeMarkdown(title)}${severity === 'warning' ? ' (warning)' : ''}`,
      evidence.map((line) => `- ${escapeMarkdown(line)}`).join('\n'),
      `**What to do:** ${escapeMarkdown(remedy)}`,
      ...linesBelow('By hand, as root on the host:', byHand),
      ...linesBelow('By hand, on this machine:', byHandHere),
    ].join('\n\n'),
  )
  return [heading, ...list].join('\n\n')
}

function linesBelow(heading: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [heading, codeBlock(lines.join('\n'), 'sh')]
}
