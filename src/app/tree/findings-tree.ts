import { groupBy, type NonEmpty } from '../../core/collections/group-by'
import { count } from '../../core/text/count'
import { compareNames } from '../../core/text/natural-order'
import { escapeMarkdown } from '../../core/text/markdown'
import { findingSources } from '../findings/finding-source-list'
import type { ListedFinding } from '../findings/listed-finding'
import { colors, describe, labelOf, messageNode, speak } from './node-parts'
import type { TreeInput } from './tree-input'
import type { TreeNode } from './tree-node'

/** How many findings there are, for the view's badge. */
export function countFindings(input: TreeInput): number {
  return listFindings(input).length
}

/**
 * The Findings view: networks, hosts and sources of hosts against which something is known, and below each what. Empty
 * where there is nothing: the welcome text then shows.
 */
export function findingRoots(input: TreeInput): readonly TreeNode[] {
  return groupsOf(input).map(groupNode)
}

/** What is below a node of the Findings view: a group's findings, or a finding's evidence and what to do. */
export function findingChildren(node: TreeNode, input: TreeInput): readonly TreeNode[] {
  const all = listFindings(input)
  const own = all.filter(({ group }) => group.id === node.id)
  if (own.length > 0) return own.map(rowOf)
  const finding = all.find((candidate) => idOf(candidate) === node.id)
  return finding === undefined ? [] : details(finding)
}

function listFindings(input: TreeInput): readonly ListedFinding[] {
  return findingSources.flatMap((source) => source.list(input))
}

function groupsOf(input: TreeInput): readonly NonEmpty<ListedFinding>[] {
  const groups = [...groupBy(listFindings(input), ({ group }) => group.id).values()]
  return groups.toSorted(([{ group: a }], [{ group: b }]) => a.rank - b.rank || compareNames(a.label, b.label))
}

function groupNode(findings: NonEmpty<ListedFinding>): TreeNode {
  const [{ group }] = findings
  const amount = count(findings.length, 'finding')
  return {
    id: group.id,
    subject: group.subject,
    label: labelOf(group.label),
    description: describe(amount, group.description),
    tooltip: [`**${escapeMarkdown(group.label)}**`, escapeMarkdown(amount)].join('\n\n'),
    accessibleText: speak(group.label, amount, group.description),
    icon: group.icon,
    collapse: 'expanded',
    context: group.context,
  }
}

function idOf({ group, id }: ListedFinding): string {
  return `${group.id}/${id}`
}

function rowOf(finding: ListedFinding): TreeNode {
  const { title, severity, evidence, remedy, confidence } = finding
  return {
    id: idOf(finding),
    subject: finding.subject,
    // A label is no sentence.
    label: labelOf(title.replace(/\.$/, '')),
    description: describe(finding.description),
    tooltip: [
      `**${escapeMarkdown(title)}**`,
      escapeMarkdown(remedy),
      evidence.map((sentence) => `- ${escapeMarkdown(sentence)}`).join('\n'),
      confidence === undefined ? '' : `Confidence ${confidence} %`,
    ]
      .filter((part) => part !== '')
      .join('\n\n'),
    accessibleText: speak(`${severity}: ${title}`, remedy),
    icon: { name: severity, color: severity === 'error' ? colors.bad : colors.waiting },
    collapse: evidence.length === 0 && remedy === '' ? 'none' : 'collapsed',
    context: finding.context,
  }
}

function details(finding: ListedFinding): readonly TreeNode[] {
  const id = idOf(finding)
  const seen = finding.evidence.map((sentence, index) => messageNode(`${id}/evidence:${index}`, sentence, evidenceIcon))
  return finding.remedy === '' ? seen : [...seen, messageNode(`${id}/remedy`, finding.remedy, remedyIcon)]
}

const evidenceIcon: TreeNode['icon'] = { name: 'eye' }
const remedyIcon: TreeNode['icon'] = { name: 'lightbulb', color: colors.waiting }
