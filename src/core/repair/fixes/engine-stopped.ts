import type { RepairPlan } from '../plan'
import { PlanBuilder } from '../plan-builder'
import { restartEffect } from '../restart-consequences'
import type { RepairSituation } from '../situation'
import { startEngine } from '../start-engine'
import { fixOf } from './fix'

/** An engine that nobody started, or that somebody stopped, is started. */
export const engineStopped = fixOf('engine-stopped', (_finding, situation) => [
  startPlan(situation, { id: 'engine-stopped', title: 'Start the engine' }),
])

/** A plan that only starts the engine, or restarts it. */
export function startPlan(situation: RepairSituation, { id, title }: { id: string; title: string }): RepairPlan {
  return new PlanBuilder(situation, id).plan({
    id,
    title,
    ...restartEffect(situation),
    steps: startEngine(situation, { noUndoReason: 'What stopped and started cannot be taken back.' }),
  })
}
