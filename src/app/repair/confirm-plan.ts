import { describePlan, hostNames, summarizePlan } from '../../core/repair/describe-plan'
import type { RepairPlan } from '../../core/repair/plan'
import { planScript } from '../../core/repair/plan-script'
import { enumerate } from '../../core/text/count'
import type { CommandContext } from '../commands/command'
import { notify } from '../commands/shared/notify'

export interface PlanQuestion {
  /** The button that runs it: a verb. */
  readonly action: string
  /** Why it cannot be run, where it cannot; then only its commands are offered. */
  readonly obstacle?: string
}

/**
 * Shows a plan as a document and asks in a dialog whether to run it: with all that happens and every step's title. Whoever
 * has not the rights, or wants to do it by hand, gets the commands as a script.
 *
 * @returns whether it is to be run
 */
export async function confirmPlan(
  context: CommandContext,
  plan: RepairPlan,
  { action, obstacle }: PlanQuestion,
): Promise<boolean> {
  const { ui } = context
  const where = enumerate(hostNames(plan))
  await ui.openDocument({ name: `${plan.id}@${where}.md`, content: describePlan(plan), show: 'preview' })
  const copy = 'Copy Commands'
  const pressed = await ui.choose({
    message: obstacle === undefined ? `${plan.title}, on ${where}?` : `${plan.title}: this cannot be done from here.`,
    detail: [...(obstacle === undefined ? [] : [obstacle, '']), summarizePlan(plan)].join('\n'),
    actions: obstacle === undefined ? [action, copy] : [copy],
  })
  if (pressed === copy) {
    await ui.copy(plan.hostIds.map((hostId) => planScript(plan, hostId)).join('\n'))
    notify(context, 'info', `The commands are in the clipboard, to be run as root on ${where}.`)
  }
  return pressed === action && obstacle === undefined
}
