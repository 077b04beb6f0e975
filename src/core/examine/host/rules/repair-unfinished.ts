import { enumerate } from '../../../text/count'
import { singleLine } from '../../../text/single-line'
import { recordFolder } from '../../../repair/record'
import type { StepState } from '../../../repair/run-state'
import type { UnfinishedRepair } from '../unfinished-repair'
import type { FactRule } from './fact-rule'

/** A repair was begun here and did not come to its end: what else is found may come from that. */
export const repairUnfinished: FactRule<'repair-unfinished'> = {
  cause: 'repair-unfinished',
  find: ({ facts: { unfinishedRepair: repair } }) => {
    if (repair === undefined) return []
    const folder = folderOf(repair.record)
    if (folder === undefined) return []
    const when = whenOf(repair)
    return [
      {
        cause: 'repair-unfinished',
        title: `A repair of ${when} ${stoppedAt(repair)}`,
        // It explains; what does not work is told by the others.
        severity: 'warning',
        evidence: [...stepsOf(repair), `Its record is ${folder}.`],
        remedy: repair.isTakingBack
          ? 'Take it back to the end. Nobody else should be at it at this moment.'
          : 'Go on with it, or take back what was done. Nobody else should be at it at this moment.',
        byHand: [`cat ${folder}/progress`, `sh ${folder}/undo.sh`],
        details: repair,
      },
    ]
  },
}

function folderOf(record: string): string | undefined {
  try {
    return recordFolder(record)
  } catch {
    // Somebody made a folder of another name beside the records.
    return undefined
  }
}

/** By the record’s name, which is the begin on the clock of whoever began it. */
function whenOf({ record }: UnfinishedRepair): string {
  const [, year, month, day, hour, minute] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)/.exec(record) ?? []
  return `${year ?? ''}-${month ?? ''}-${day ?? ''} ${hour ?? ''}:${minute ?? ''} UTC`
}

function stoppedAt({ progress, isTakingBack }: UnfinishedRepair): string {
  if (progress === undefined) return 'stands half-done, and what it was to do cannot be read'
  if (isTakingBack) return 'was not taken back to the end'
  const { states, record } = progress
  const { steps } = record.plan
  const at = states.findIndex((state) => state !== 'done')
  if (at < 0) return `stopped after its last step of ${steps.length}, and was not found to have done what it should`
  const title = singleLine(steps[at]?.title ?? '', 120)
  const number = `step ${at + 1} of ${steps.length}`
  switch (states[at]) {
    case 'failed':
      return `stopped at ${number}, which failed: “${title}”`
    case 'unknown':
      return `stopped in the middle of ${number}: “${title}”`
    default:
      return `stopped before ${number}: “${title}”`
  }
}

const words: Readonly<Record<StepState, string>> = {
  done: 'Done',
  failed: 'Failed',
  unknown: 'Begun, and its end is not known',
  waiting: 'Not begun',
}

function stepsOf({ progress, lastNoteAt }: UnfinishedRepair): readonly string[] {
  const last =
    lastNoteAt === undefined
      ? []
      : [`The last line was written ${new Date(lastNoteAt).toISOString().replace('T', ' ').slice(0, 19)} UTC.`]
  if (progress === undefined) return last
  const { states, record, outcome } = progress
  const { plan } = record
  const listed = (['done', 'failed', 'unknown', 'waiting'] as const).flatMap((state) => {
    const titles = plan.steps.flatMap(({ title }, index) =>
      states[index] === state ? [`“${singleLine(title, 120)}”`] : [],
    )
    return titles.length === 0 ? [] : [`${words[state]}: ${enumerate(titles, 8)}.`]
  })
  const end = outcome === undefined ? 'No end was written down.' : 'Whoever ran it left it there.'
  return [`It was to do: ${singleLine(plan.title)}.`, ...listed, end, ...last]
}
