import { markdownTable } from 'markdown-table'
import { describePlan } from '../../repair/describe-plan'
import type { RepairPlan } from '../../repair/plan'
import { count } from '../../text/count'
import { codeBlock, escapeMarkdown } from '../../text/markdown'
import { machineConsequences } from '../machine-action'

/** One machine's part in a rebuild. */
export interface RebuildPart {
  readonly name: string
  readonly isMaster: boolean
  /** What removes its agents; absent where none is in the way, or its engine does not answer. */
  readonly removal: RepairPlan | undefined
  /** The command line of docker-machine. */
  readonly line: string
}

const rules =
  'One machine after the other, masters first. It stops at the first that fails and says why; what is behind it is then not touched, and the rebuild goes on there when it is run again.'

/** A rebuild as a document: the order first, then what removes the agents of each machine, and its command. */
export function describeRebuild(parts: readonly RebuildPart[]): string {
  const rows = parts.map(({ name, isMaster, removal }, index) => [
    `${index + 1}`,
    escapeMarkdown(name),
    isMaster ? 'master' : 'agent',
    removal === undefined ? 'nothing is in the way' : escapeMarkdown(removal.title),
  ])
  return [
    `# Rebuild of a classic Swarm: ${count(parts.length, 'machine')}`,
    `Nothing has been done yet. ${rules}`,
    markdownTable([['', 'Machine', 'Part', 'Agents'], ...rows], { align: ['r', 'l', 'l', 'l'] }),
    machineConsequences('provision')
      .map((line) => `- ${escapeMarkdown(line)}`)
      .join('\n'),
    ...parts.flatMap(({ name, line, removal }) => [
      `## ${escapeMarkdown(name)}`,
      ...(removal === undefined ? [] : [describePlan(removal).trim()]),
      'Then, on this machine:',
      codeBlock(line, 'sh'),
    ]),
    '',
  ].join('\n\n')
}

/** The same as the few lines of a question. */
export function summarizeRebuild(parts: readonly RebuildPart[]): string {
  return [
    ...parts.flatMap(({ name, isMaster, removal, line }, index) => [
      `${index + 1}. ${name} (${isMaster ? 'master' : 'agent'})`,
      ...(removal === undefined ? [] : [`    ${removal.title}`]),
      `    ${line}`,
    ]),
    '',
    ...machineConsequences('provision'),
    rules,
  ].join('\n')
}
