import type { HostDiagnosisOf } from '../../examine/host/host-diagnosis'
import { engineRepair } from '../engine-repair'
import type { RepairPlan } from '../plan'
import { reloadSystemd } from '../plan-builder'
import { rootScript } from '../host-command'
import type { RepairSituation } from '../situation'
import { isPackaged, wholeUnitFile } from '../unit-text'
import { fixOf } from './fix'

type Finding = HostDiagnosisOf<'legacy-unit'>

const id = 'legacy-unit'

/**
 * A unit file that starts the engine in a way that is gone: its command is corrected, which keeps its options (TLS and the
 * port, where docker-machine up to 0.9 wrote it), or it goes into the record, so that the package's own unit counts.
 */
export const legacyUnit = fixOf(id, (finding, situation) => [
  ...corrected(finding, situation),
  ...moved(finding, situation),
])

/** `docker daemon …`, `docker -d …`, with other options between. */
const legacyCommand = /^([ \t]*ExecStart[ \t]*=[-@:+!|]*)\S*\bdocker((?:[ \t]+-\S+)*?)[ \t]+(?:daemon\b|-d\b)/m

function corrected({ details }: Finding, situation: RepairSituation): readonly RepairPlan[] {
  const { execStart, program } = details
  const path = execStart.file
  const text = wholeUnitFile(situation.facts, path)?.text
  if (program === undefined || text === undefined) return []
  const right = text.replace(legacyCommand, (_, before: string, options: string) => `${before}${program}${options}`)
  if (right === text) return []
  const title = `Have ${path} start ${program}, with the options that it has`
  return [
    engineRepair(situation, {
      id,
      title,
      consequences: [
        'An option that this engine does not know any more keeps it from starting; then this can be taken back and the file moved aside instead.',
      ],
      change: (builder) => [builder.rewrite({ id: 'correct-unit', title, path, text: right }), reloadSystemd],
    }),
  ]
}

function moved({ details }: Finding, situation: RepairSituation): readonly RepairPlan[] {
  const { unit, execStart } = details
  const path = execStart.file
  if (isPackaged(path)) return []
  return [
    engineRepair(situation, {
      id,
      title: `Move ${path} aside, so that the package’s own ${unit} counts`,
      consequences: [`The options in ${path}, such as ports and TLS, do not count any more.`],
      risk: 'medium',
      without: [path],
      change: (builder) => [
        {
          id: 'packaged-unit',
          title: `Look whether the package’s own ${unit} is there`,
          action: rootScript('ls -l "/usr/lib/systemd/system/$1" 2>/dev/null || ls -l "/lib/systemd/system/$1"', unit),
        },
        builder.moveAside('move-unit', path),
        reloadSystemd,
      ],
    }),
  ]
}
