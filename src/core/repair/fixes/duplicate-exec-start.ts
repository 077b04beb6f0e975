import type { HostDiagnosisOf } from '../../examine/host/host-diagnosis'
import { engineRepair } from '../engine-repair'
import type { RepairPlan } from '../plan'
import { reloadSystemd } from '../plan-builder'
import type { RepairSituation } from '../situation'
import { wholeUnitFile, withoutLines, withReset } from '../unit-text'
import { fixOf } from './fix'

type Finding = HostDiagnosisOf<'duplicate-exec-start'>

const id = 'duplicate-exec-start'

/** One command line is left in force: the drop-in's, by the reset line that it lacks, or the unit's, without the drop-in. */
export const duplicateExecStart = fixOf(id, (finding, situation) => {
  const { dropIn } = finding.details
  if (dropIn === undefined) return onlyLast(finding, situation)
  return [...resetFirst(dropIn, situation), withoutDropIn(dropIn, finding, situation)]
})

function resetFirst(dropIn: string, situation: RepairSituation): readonly RepairPlan[] {
  const text = wholeUnitFile(situation.facts, dropIn)?.text
  if (text === undefined || withReset(text) === text) return []
  return [
    rewriting(situation, {
      title: `Put an empty ExecStart= before the one in ${dropIn}, so that its command line counts`,
      path: dropIn,
      text: withReset(text),
    }),
  ]
}

function withoutDropIn(dropIn: string, { details }: Finding, situation: RepairSituation): RepairPlan {
  return engineRepair(situation, {
    id,
    title: `Move the drop-in ${dropIn} aside, so that ${details.unit}’s own command line counts`,
    without: [dropIn],
    change: (builder) => [builder.moveAside('move-drop-in', dropIn), reloadSystemd],
  })
}

/** All in one file: the last one is what whoever wrote it wanted. */
function onlyLast({ details }: Finding, situation: RepairSituation): readonly RepairPlan[] {
  const files = new Set(details.surplus.map(({ file }) => file))
  const [path] = files
  const text = path === undefined ? undefined : wholeUnitFile(situation.facts, path)?.text
  if (path === undefined || text === undefined || files.size > 1) return []
  const lines = details.surplus.map(({ line }) => line)
  return [
    rewriting(situation, {
      title: `Take all but the last ExecStart= out of ${path}`,
      path,
      text: withoutLines(text, lines),
    }),
  ]
}

function rewriting(
  situation: RepairSituation,
  file: { readonly title: string; readonly path: string; readonly text: string },
): RepairPlan {
  return engineRepair(situation, {
    id,
    title: file.title,
    change: (builder) => [builder.rewrite({ id: 'one-exec-start', ...file }), reloadSystemd],
  })
}
