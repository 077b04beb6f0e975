import { codeBlock, codeSpan, escapeMarkdown } from '../text/markdown'
import { actionLine, lookLine } from './action-line'
import type { RepairAction, RepairCheck, RepairPlan, RepairRisk, RepairStep } from './plan'
import { recordFolder } from './record'

const risks: Readonly<Record<RepairRisk, string>> = {
  low: 'Low: nothing stops.',
  medium: 'Medium: something stops for a moment and comes back.',
  high: 'High: something is gone afterwards, or may not come back.',
}

/** A plan as a Markdown document: everything that will be done, in the order and the words in which it is run. */
export function describePlan(plan: RepairPlan): string {
  const hosts = hostNames(plan).map(escapeMarkdown).join(', ')
  return [
    `# ${escapeMarkdown(plan.title)}`,
    `On ${hosts}. Nothing has been done yet.`,
    '## What else happens',
    [...plan.consequences, `Risk. ${risks[plan.risk]}`].map((line) => `- ${escapeMarkdown(line)}`).join('\n'),
    '## Steps',
    ...plan.steps.flatMap((step, index) => describeStep(step, index + 1)),
    ...(plan.id === 'undo' ? [] : undoSection(plan)),
    '',
  ].join('\n\n')
}

/** The names of the hosts that a plan touches, each once. */
export function hostNames({ steps }: Pick<RepairPlan, 'steps'>): readonly string[] {
  return [...new Set(steps.map(({ hostName }) => hostName))]
}

/** A plan as the few lines of a question: what else happens, then the titles of its steps. */
export function summarizePlan(plan: RepairPlan): string {
  const steps = plan.steps.map(({ title }, index) => `${index + 1}. ${title}`)
  return [...plan.consequences, '', ...steps].join('\n').trim()
}

function describeStep(step: RepairStep, number: number): readonly string[] {
  return [
    `### ${number}. ${escapeMarkdown(step.title)}`,
    `${where(step.action)} ${escapeMarkdown(step.hostName)}:`,
    codeBlock(actionLine(step.action), 'sh'),
    ...(step.check === undefined ? [] : describeCheck(step.check)),
    ...(step.undo === undefined ? [] : ['Taken back by:', codeBlock(actionLine(step.undo), 'sh')]),
    ...(step.noUndoReason === undefined ? [] : [`Cannot be taken back. ${escapeMarkdown(step.noUndoReason)}`]),
  ]
}

function describeCheck({ title, look, tries = 1 }: RepairCheck): readonly string[] {
  const often = tries === 1 ? '' : `, up to ${tries} times, a second apart`
  const status = (look.kind === 'command' ? look.status : undefined) ?? 0
  const ended = status === 0 ? '' : `, status ${status}`
  return [`Checked: ${escapeMarkdown(title)}${ended}${often}:`, codeBlock(lookLine(look), 'sh')]
}

function where(action: RepairAction): string {
  if (action.kind !== 'command') return 'Over the engine’s API, as this command would do, on'
  return action.asRoot ? 'As root on' : 'On'
}

function undoSection({ record, undoNote }: RepairPlan): readonly string[] {
  const folder = codeSpan(recordFolder(record))
  return [
    '## How it is taken back',
    [
      `_Undo Last Repair…_ on the host takes back what was done, also after a restart of the editor.`,
      `Before the first step, a record with copies of what is changed is made in ${folder} on each host where commands are run; each step’s begin and end are written down there. ${codeSpan('undo.sh')} in it does the same for whoever has nothing but the host.`,
      ...(undoNote === undefined ? [] : [escapeMarkdown(undoNote)]),
    ].join('\n'),
  ]
}
