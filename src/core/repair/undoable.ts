import type { RepairProgress } from './record'

/**
 * The repairs that can still be taken back on one host, the newest first: what the host itself wrote down, and what the
 * editor remembers. Where both know one, the editor knows which hosts it was about, and the host how far it got there.
 *
 * @param onHost the records of the host; they are all there is where the editor forgot, or another one made the repair
 */
export function undoableAt(
  hostId: string,
  remembered: readonly RepairProgress[],
  onHost: readonly RepairProgress[],
): readonly RepairProgress[] {
  const known = new Map(remembered.filter((one) => concerns(one, hostId)).map((one) => [nameOf(one), one]))
  for (const own of onHost) {
    const before = known.get(nameOf(own))
    known.set(nameOf(own), before === undefined ? atHost(own, hostId) : joined(before, own, hostId))
  }
  return [...known.values()].filter(canUndo).toSorted((a, b) => (nameOf(a) < nameOf(b) ? 1 : -1))
}

function nameOf({ record }: RepairProgress): string {
  return record.plan.record
}

function concerns({ record }: RepairProgress, hostId: string): boolean {
  return record.plan.hostIds.includes(hostId)
}

function canUndo({ record, states, isUndone }: RepairProgress): boolean {
  return !isUndone && record.plan.steps.some(({ undo }, index) => undo !== undefined && states[index] !== 'waiting')
}

/** A host's own record, as this editor calls the host; steps elsewhere are somebody else's to take back. */
function atHost({ record, states, ...rest }: RepairProgress, hostId: string): RepairProgress {
  const here = record.here ?? record.plan.hostIds[0]
  const own = record.plan.steps.flatMap((step, index) => {
    const state = states[index]
    return step.hostId === here && state !== undefined ? [{ step: { ...step, hostId }, state }] : []
  })
  return {
    ...rest,
    record: { ...record, plan: { ...record.plan, hostIds: [hostId], steps: own.map(({ step }) => step) } },
    states: own.map(({ state }) => state),
  }
}

function joined(remembered: RepairProgress, own: RepairProgress, hostId: string): RepairProgress {
  const { steps } = remembered.record.plan
  return {
    ...remembered,
    states: remembered.states.map((state, index) => {
      const step = steps[index]
      const ownIndex = own.record.plan.steps.findIndex(({ id }) => id === step?.id)
      return step?.hostId === hostId ? (own.states[ownIndex] ?? state) : state
    }),
    isUndone: remembered.isUndone || own.isUndone,
  }
}
