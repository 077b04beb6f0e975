import type { RepairPlan, RepairRisk } from './plan'
import { PlanBuilder, reloadSystemd, type StepSpec } from './plan-builder'
import { restartEffect } from './restart-consequences'
import type { RepairSituation } from './situation'
import { startEngine } from './start-engine'

export interface EngineRepair {
  readonly id: string
  readonly title: string
  /** What is changed before the engine is restarted. */
  change(builder: PlanBuilder): readonly StepSpec[]
  /** What happens besides the restart. */
  readonly consequences?: readonly string[]
  /** At least so much. */
  readonly risk?: RepairRisk
  /** Files whose command lines do not count any more. */
  readonly without?: readonly string[]
  /** docker.socket is to stay stopped. */
  readonly withoutSocketUnit?: boolean
  readonly undoNote?: string
}

const order: readonly RepairRisk[] = ['low', 'medium', 'high']

/** A plan that changes something and restarts the engine, whose undo puts back what was changed and restarts nothing. */
export function engineRepair(situation: RepairSituation, repair: EngineRepair): RepairPlan {
  const { id, title, consequences = [], risk = 'low', without = [], withoutSocketUnit = false } = repair
  const builder = new PlanBuilder(situation, id)
  const effect = restartEffect(situation)
  const isSystemd = situation.facts.system.init === 'systemd'
  const changes = repair.change(builder).filter((step) => isSystemd || step !== reloadSystemd)
  const noUndoReason = 'The engine goes on running as it is.'
  return builder.plan({
    id,
    title,
    consequences: [...consequences, ...effect.consequences],
    risk: order.indexOf(risk) > order.indexOf(effect.risk) ? risk : effect.risk,
    steps: [...changes, ...startEngine(situation, { without, withoutSocketUnit, noUndoReason })],
    undoNote:
      repair.undoNote ??
      'After that the files are as they were: the engine goes on running, and at its next start it fails as before.',
  })
}
