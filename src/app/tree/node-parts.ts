import type { HostDiagnosis } from '../../core/examine/host/host-diagnosis'
import type { Host } from '../../core/model/host'
import type { HostFinding } from '../../core/model/host-finding'
import { escapeMarkdown } from '../../core/text/markdown'
import { singleLine } from '../../core/text/single-line'
import type { ContextWord, TreeNode } from './tree-node'

/** Longer names are shortened in the tree; the tooltip has them whole. */
const labelLimit = 120

/** A name as one harmless line of bearable length. */
export function labelOf(text: string): string {
  return singleLine(text, labelLimit)
}

/** Parts of a description, those that are there, with the separator of the editor's own views. */
export function describe(...parts: readonly (string | undefined)[]): string {
  return singleLine(parts.filter((part) => part !== undefined && part !== '').join(' · '))
}

/** A plain sentence for a screen reader. */
export function speak(...parts: readonly (string | undefined)[]): string {
  return singleLine(parts.filter((part) => part !== undefined && part !== '').join(', '), 400)
}

/** The words that are there, as the menus’ conditions match them. */
export function contextOf(...words: readonly (ContextWord | undefined)[]): string {
  return words.filter((word) => word !== undefined).join(' ')
}

/** The colours of states; each is one of the editor's own, so that every theme has it. */
export const colors = {
  good: 'charts.green',
  waiting: 'charts.yellow',
  bad: 'errorForeground',
  off: 'disabledForeground',
} as const

/** What an examination found on a host, as a row below it. */
export function diagnosisNode(host: Host, finding: HostDiagnosis, index: number): TreeNode {
  const { cause } = finding
  return {
    ...hostFindingNode(host, finding),
    id: `host:${host.id}/examined:${index}`,
    subject: { kind: 'host-diagnosis', hostId: host.id, cause, index },
    context: diagnosisContext(cause),
  }
}

/** The words that the menus of what an examination found match, in whichever view it stands. */
export function diagnosisContext(cause: string): string {
  return contextOf('host-diagnosis', `cause-${cause}`)
}

/** What should be known about a host, as a row below it. */
export function hostFindingNode(host: Host, { cause, title, severity, evidence, remedy }: HostFinding): TreeNode {
  return {
    id: `host:${host.id}/finding:${cause}`,
    subject: { kind: 'host-finding', hostId: host.id, cause },
    label: labelOf(title),
    description: '',
    tooltip: [
      `**${escapeMarkdown(title)}**`,
      evidence.map((line) => `- ${escapeMarkdown(line)}`).join('\n'),
      escapeMarkdown(remedy),
    ].join('\n\n'),
    accessibleText: speak(`Finding: ${title}`, ...evidence, remedy),
    icon: { name: severity, color: severity === 'error' ? colors.bad : colors.waiting },
    collapse: 'none',
    context: hostFindingContext(cause),
  }
}

/** The words that the menus of a host's finding match, in whichever view it stands. */
export function hostFindingContext(cause: string): string {
  return contextOf('host-finding', `cause-${cause}`)
}

/** A line of text among the nodes: why there is nothing, or what is wrong with the view as a whole. */
export function messageNode(id: string, text: string, icon: TreeNode['icon'] = { name: 'info' }): TreeNode {
  return {
    id: `message:${id}`,
    subject: { kind: 'message' },
    label: singleLine(text, 300),
    description: '',
    tooltip: escapeMarkdown(text),
    accessibleText: singleLine(text, 400),
    icon,
    collapse: 'none',
    context: '',
  }
}
