import { describePlan, hostNames, summarizePlan } from '../../../core/repair/describe-plan'
import type { RepairDraft, RepairPlan } from '../../../core/repair/plan'
import { planScript } from '../../../core/repair/plan-script'
import { recordName } from '../../../core/repair/record'
import type { RepairResult } from '../../repair/repair-runner'
import { runRepair } from '../../repair/run-repair'
import type { CommandContext } from '../command'

const run = 'Run'
const copy = 'Copy Commands'

/**
 * Shows exactly what a repair will do, asks, and runs it in a terminal. Whoever may not run it copies its commands.
 *
 * @returns how it ended; undefined where it was not run
 */
export async function offerRepair(context: CommandContext, draft: RepairDraft): Promise<RepairResult | undefined> {
  const { ui, clock } = context
  const plan: RepairPlan = { ...draft, record: recordName(draft.id, clock.now()) }
  await ui.openDocument({ name: `${plan.record}.md`, content: describePlan(plan), show: 'preview' })
  const chosen = await ui.choose({ message: `${plan.title}?`, detail: summarizePlan(plan), actions: [run, copy] })
  if (chosen === copy) await ui.copy(scriptsOf(plan))
  return chosen === run ? runRepair(context, { kind: 'repair', plan }) : undefined
}

/** A script for each host, under its name. */
function scriptsOf(plan: RepairPlan): string {
  const hostIds = [...new Set(plan.steps.map(({ hostId }) => hostId))]
  const names = hostNames(plan)
  return hostIds.map((hostId, index) => `# ── ${names[index] ?? hostId}\n${planScript(plan, hostId)}`).join('\n')
}
