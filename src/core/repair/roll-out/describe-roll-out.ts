import { markdownTable } from 'markdown-table'
import { count } from '../../text/count'
import { escapeMarkdown } from '../../text/markdown'
import { describePlan } from '../describe-plan'
import type { RepairPlan } from '../plan'
import type { RollOutRole } from './roll-out-order'

/** One host's part in a roll-out. */
export interface RollOutPart {
  readonly hostName: string
  readonly role: RollOutRole
  readonly plan: RepairPlan
  /** What else was found there and is not repaired now, by their titles. */
  readonly others: readonly string[]
}

/** A host that was meant, and why it is left out, for a person. */
export interface LeftOut {
  readonly hostName: string
  readonly why: string
}

const rules =
  'One host after the other. It stops at the first that is not as it should be afterwards; what comes behind is then not touched. ' +
  'A manager is only taken down while every other manager of its swarm is there, and the next one only once it is back.'

const roleWords: Readonly<Record<RollOutRole, string>> = {
  none: '',
  worker: 'worker',
  manager: 'manager',
  leader: 'leader',
}

/** The repairs of several hosts as one document: the order first, then each plan as it is shown alone. */
export function describeRollOut(parts: readonly RollOutPart[], leftOut: readonly LeftOut[]): string {
  const rows = parts.map(({ hostName, role, plan }, index) => [
    `${index + 1}`,
    escapeMarkdown(hostName),
    roleWords[role],
    escapeMarkdown(plan.title),
    plan.risk,
  ])
  return [
    `# Repair of ${count(parts.length, 'host')}`,
    `Nothing has been done yet. ${rules}`,
    markdownTable([['', 'Host', 'Role', 'Repair', 'Risk'], ...rows], { align: ['r', 'l', 'l', 'l', 'l'] }),
    ...parts
      .filter(({ others }) => others.length > 0)
      .map(
        ({ hostName, others }) =>
          `Not repaired now on ${escapeMarkdown(hostName)}: ${escapeMarkdown(others.join('; '))}.`,
      ),
    ...leftOut.map(({ hostName, why }) => `${escapeMarkdown(hostName)} is left out. ${escapeMarkdown(why)}`),
    ...parts.flatMap(({ plan }) => ['---', describePlan(plan).trim()]),
    '',
  ].join('\n\n')
}

/** The same as the few lines of a question. */
export function summarizeRollOut(parts: readonly RollOutPart[], leftOut: readonly LeftOut[]): string {
  return [
    ...parts.flatMap(({ hostName, role, plan }, index) => [
      `${index + 1}. ${nameWithRole(hostName, role)}: ${plan.title}`,
      ...plan.consequences.map((consequence) => `    ${consequence}`),
    ]),
    ...leftOut.map(({ hostName, why }) => `${hostName} is left out: ${why}`),
    '',
    rules,
  ].join('\n')
}

/** `lindenau (worker)`; the name alone outside of a swarm. */
export function nameWithRole(hostName: string, role: RollOutRole): string {
  return role === 'none' ? hostName : `${hostName} (${roleWords[role]})`
}
