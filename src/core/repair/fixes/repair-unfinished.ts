import type { HostDiagnosisOf } from '../../examine/host/host-diagnosis'
import type { HostAction, RepairPlan } from '../plan'
import { PlanBuilder, type StepSpec } from '../plan-builder'
import { rootCommand, rootScript } from '../host-command'
import type { RepairProgress } from '../record'
import { noteEnd, readProgressCommand } from '../record-commands'
import type { RepairSituation } from '../situation'
import { undoPlan } from '../undo-plan'
import { fixOf } from './fix'

type Finding = HostDiagnosisOf<'repair-unfinished'>

const id = 'repair-unfinished'

/**
 * A repair that stands half-done is brought to its end, or taken back. Either is a repair of its own, which ends with a
 * line in the old one’s record: after that nobody takes the old one for half-done.
 */
export const repairUnfinished = fixOf(id, (finding, situation) => [
  ...goOn(finding, situation),
  ...takeBack(finding, situation),
])

/** Where it was about several hosts, the others wait for each other in an order that one host does not know. */
function goOn({ details }: Finding, situation: RepairSituation): readonly RepairPlan[] {
  const { progress, isTakingBack } = details
  if (progress === undefined || isTakingBack || progress.record.plan.hostIds.length > 1) return []
  const { plan } = progress.record
  const from = firstOpen(progress)
  const left = plan.steps.slice(from)
  const builder = new PlanBuilder(situation, id)
  return [
    builder.plan({
      id,
      title: `Go on with the repair: ${plan.title}`,
      consequences: [
        ...(from === 0 ? [] : [`Its first ${from === 1 ? 'step is' : `${from} steps are`} not done again.`]),
        ...plan.consequences,
      ],
      risk: plan.risk,
      steps: [...left, noteStep(details.record, 'done')],
      undoNote:
        'That takes back what was done from here on; after it the first part can be taken back the same way, and is told as half-done until then.',
    }),
  ]
}

/** What is known to be done is not done again, but for the last of it: whether its check was passed is not written down. */
function firstOpen({ states, record: { plan } }: RepairProgress): number {
  const open = states.findIndex((state) => state !== 'done')
  const next = open < 0 ? plan.steps.length : open
  const last = plan.steps[next - 1]
  return last?.check === undefined ? next : next - 1
}

function takeBack({ details }: Finding, situation: RepairSituation): readonly RepairPlan[] {
  const { progress, record } = details
  const undo = progress && undoPlan(progress, hostsOf(progress))
  if (progress === undefined || undo === undefined) return []
  const elsewhere = progress.record.plan.hostIds.length > 1
  return [
    new PlanBuilder(situation, id).plan({
      id,
      title: undo.title,
      consequences: [
        ...undo.consequences,
        ...(elsewhere ? ['It was about other hosts, too: what it did there stays.'] : []),
      ],
      risk: undo.risk,
      steps: [
        ...undo.steps.map((step) => ({ ...step, noUndoReason: 'It is what takes the repair back.' })),
        noteStep(record, 'undone'),
      ],
    }),
  ]
}

function hostsOf({ record: { plan } }: RepairProgress): readonly string[] {
  return [...new Set(plan.steps.map(({ hostId }) => hostId))]
}

/** The old record says how it ended: only where it is still there. */
function noteStep(record: string, end: 'done' | 'undone'): StepSpec {
  const isThere = rootScript('test -e "$1"', readProgressCommand(record).command[1] ?? '')
  return {
    id: 'note-end',
    title: `Write down in the record ${record} that it was ${end === 'done' ? 'brought to its end' : 'taken back'}`,
    action: rootCommand(noteEnd(record, end).command),
    check: { title: 'the record is there', look: isThere },
    ...(end === 'done' && { undo: leftAgain(record) }),
  }
}

function leftAgain(record: string): HostAction {
  return rootCommand(noteEnd(record, 'left').command)
}
