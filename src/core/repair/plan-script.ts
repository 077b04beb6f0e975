import { singleLine } from '../text/single-line'
import { actionLine, lookLine } from './action-line'
import type { RepairCheck, RepairPlan, RepairStep } from './plan'

/**
 * A plan's commands on one host as a shell script, for whoever runs them by hand: on the host, as root. It stops at the
 * first that fails. Copies of files go where the record would be, which the script makes.
 */
export function planScript(plan: RepairPlan, hostId: string, intro: readonly string[] = []): string {
  const steps = plan.steps.filter((step) => step.hostId === hostId)
  const name = steps[0]?.hostName ?? hostId
  return [
    '#!/bin/sh',
    comment(`${plan.title}, on ${name}. To be run there as root.`),
    ...plan.consequences.map(comment),
    ...intro,
    'set -eu',
    ...steps.flatMap(stepLines),
    '',
  ].join('\n')
}

function stepLines({ title, action, check }: RepairStep): readonly string[] {
  const look = check === undefined ? [] : [comment(`Then: ${check.title}.`), checkLine(check)]
  return ['', comment(title), actionLine(action), ...look]
}

/** Only what a status answers can be checked by a script; what the engine says is printed for whoever runs it. */
function checkLine({ look, tries = 1 }: RepairCheck): string {
  if (look.kind !== 'command') return lookLine(look)
  const { status = 0 } = look
  const line = status === 0 ? lookLine(look) : `{ ${lookLine(look)}; [ $? -eq ${status} ]; }`
  if (tries === 1) return line
  return `for try in $(seq ${tries}); do if ${line}; then break; fi; [ "$try" -lt ${tries} ] && sleep 1; done`
}

function comment(text: string): string {
  return `# ${singleLine(text, 500)}`
}
