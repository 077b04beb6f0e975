import type { DirectiveConflict } from '../../examine/host/diagnosis-details'
import type { HostDiagnosisOf } from '../../examine/host/host-diagnosis'
import { enumerate } from '../../text/count'
import { withoutFlags } from '../command-line-edit'
import { engineRepair } from '../engine-repair'
import type { RepairPlan } from '../plan'
import type { PlanBuilder, StepSpec } from '../plan-builder'
import type { RepairSituation } from '../situation'
import { fixOf } from './fix'

type Finding = HostDiagnosisOf<'directive-twice'>

/** A directive that the engine gets twice is taken out of daemon.json, or off the command line: two plans to choose from. */
export const directiveTwice = fixOf('directive-twice', (finding, situation) => [
  ...outOfDaemonJson(finding, situation),
  ...offCommandLine(finding, situation),
])

function outOfDaemonJson({ details }: Finding, situation: RepairSituation): readonly RepairPlan[] {
  const { directives, isWhole, path } = situation.facts.daemonJson
  if (directives === undefined || !isWhole) return []
  const gone = new Set(details.conflicts.map(({ directive }) => directive))
  const left = Object.fromEntries(Object.entries(directives).filter(([name]) => !gone.has(name)))
  const what = describe(details.conflicts, ({ directive, fileValue }) => `"${directive}": ${fileValue}`)
  const title = `Take ${what} out of ${path}; the command line counts`
  const change = (builder: PlanBuilder) => [
    builder.rewrite({ id: 'daemon-json', title, path, text: `${JSON.stringify(left, undefined, 2)}\n` }),
  ]
  return [planOf(situation, title, change)]
}

function offCommandLine({ details }: Finding, situation: RepairSituation): readonly RepairPlan[] {
  const { conflicts, daemonJson } = details
  const files = new Set(conflicts.map(({ flagFile }) => flagFile))
  const [path] = files
  if (files.size !== 1 || path === undefined) return []
  const flags = conflicts.map(({ flag, flagValues }) => ({ flag, values: flagValues }))
  const steps = withoutFlags(path, flags, situation.facts)
  if (steps === undefined) return []
  const what = describe(conflicts, ({ flag, flagValues }) => flagValues.map((value) => `--${flag}=${value}`).join(' '))
  return [planOf(situation, `Take ${what} off the command line in ${path}; ${daemonJson} counts`, steps)]
}

function describe(conflicts: readonly DirectiveConflict[], one: (conflict: DirectiveConflict) => string): string {
  return enumerate(conflicts.map(one))
}

function planOf(
  situation: RepairSituation,
  title: string,
  change: (builder: PlanBuilder) => readonly StepSpec[],
): RepairPlan {
  return engineRepair(situation, { id: 'directive-twice', title, change })
}
