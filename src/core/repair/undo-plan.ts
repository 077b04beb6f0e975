import type { RepairPlan, RepairStep } from './plan'
import type { RepairProgress } from './record'

/**
 * What takes a repair back, as a plan like any other: what was begun, in reverse, and last what makes it count. Steps
 * on other hosts than `hostIds` are left alone.
 *
 * @param hostIds the hosts that can be reached now; all where absent
 * @returns undefined where nothing was done that could be taken back
 */
export function undoPlan(
  { record: { plan }, states }: Pick<RepairProgress, 'record' | 'states'>,
  hostIds: readonly string[] = plan.hostIds,
): RepairPlan | undefined {
  const begun = plan.steps.filter((step, index) => states[index] !== 'waiting' && hostIds.includes(step.hostId))
  const undone = (order: RepairStep['undoOrder']) =>
    begun.filter(({ undoOrder }) => undoOrder === order).flatMap(undoStep)
  const steps = [...undone(undefined).toReversed(), ...undone('last')]
  if (steps.length === 0) return undefined
  const lasting = begun.flatMap(({ title, noUndoReason }) =>
    noUndoReason === undefined ? [] : [`This stays as it is: “${title}”. ${noUndoReason}`],
  )
  return {
    id: 'undo',
    title: `Take back: ${plan.title}`,
    record: plan.record,
    hostIds: plan.hostIds.filter((id) => steps.some(({ hostId }) => hostId === id)),
    consequences: [...(plan.undoNote === undefined ? [] : [plan.undoNote]), ...lasting],
    risk: plan.risk,
    steps,
  }
}

function undoStep({ undo, id, title, hostId, hostName }: RepairStep): readonly RepairStep[] {
  return undo === undefined ? [] : [{ id: `undo-${id}`, title: `Take back: ${title}`, hostId, hostName, action: undo }]
}
