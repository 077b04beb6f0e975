import type { RepairDraft } from '../../../core/repair/plan'
import { recordName } from '../../../core/repair/record'
import { confirmPlan } from '../../repair/confirm-plan'
import type { RepairResult } from '../../repair/repair-runner'
import { runRepair } from '../../repair/run-repair'
import type { CommandContext } from '../command'

/**
 * Shows exactly what a repair will do, asks, and runs it in a terminal. Whoever may not run it copies its commands.
 *
 * @returns how it ended; undefined where it was not run
 */
export async function offerRepair(context: CommandContext, draft: RepairDraft): Promise<RepairResult | undefined> {
  const plan = { ...draft, record: recordName(draft.id, context.clock.now()) }
  if (!(await confirmPlan(context, plan, { action: 'Run' }))) return undefined
  return runRepair(context, { kind: 'repair', plan })
}
