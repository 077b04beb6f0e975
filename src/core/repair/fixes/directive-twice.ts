import type { DirectiveConflict } from '../../examine/host/diagnosis-details'
import type { HostDiagnosisOf } from '../../examine/host/host-diagnosis'
import { enumerate } from '../../text/count'
import { engineRepair } from '../engine-repair'
import type { RepairPlan } from '../plan'
import { reloadSystemd, type PlanBuilder, type StepSpec } from '../plan-builder'
import type { RepairSituation } from '../situation'
import { dropInWith, isPackaged, wholeFile, withoutFlag } from '../unit-text'
import { fixOf } from './fix'

type Finding = HostDiagnosisOf<'directive-twice'>

const overrideFile = '/etc/systemd/system/docker.service.d/swarm-networks.conf'

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
  const text = wholeFile(situation.facts, path)?.text
  if (text === undefined) return []
  const without = conflicts.reduce(withoutFlags, text)
  if (without === text) return []
  const what = describe(conflicts, ({ flag, flagValues }) => flagValues.map((value) => `--${flag}=${value}`).join(' '))
  const title = `Take ${what} off the command line in ${path}; ${daemonJson} counts`
  const steps = isPackaged(path) ? override(conflicts, situation) : rewritten
  return steps === undefined ? [] : [planOf(situation, title, steps)]

  function rewritten(builder: PlanBuilder): readonly StepSpec[] {
    return [builder.rewrite({ id: 'command-line', title, path: path ?? '', text: without }), reloadSystemd]
  }
}

/** A package's unit is not written to: a drop-in gives its command line without the flags. */
function override(
  conflicts: readonly DirectiveConflict[],
  { facts }: RepairSituation,
): ((builder: PlanBuilder) => readonly StepSpec[]) | undefined {
  const service = facts.units.find(({ name }) => name === 'docker.service')
  const [start, ...others] = service?.execStarts ?? []
  if (start === undefined || others.length > 0) return undefined
  const text = dropInWith(conflicts.reduce(withoutFlags, start.command))
  const title = `Write the drop-in ${overrideFile} with the unit's command line, without the flags`
  return (builder) => [builder.create({ id: 'override', title, path: overrideFile, text }), reloadSystemd]
}

function withoutFlags(text: string, { flag, flagValues }: DirectiveConflict): string {
  return flagValues.reduce((rest, value) => withoutFlag(rest, flag, value), text)
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
