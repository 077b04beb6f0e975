import type { HostDiagnosisOf } from '../../examine/host/host-diagnosis'
import { engineRepair } from '../engine-repair'
import type { RepairPlan } from '../plan'
import { reloadSystemd } from '../plan-builder'
import type { RepairSituation } from '../situation'
import { portsIn } from '../start-engine'
import { wholeUnitFile } from '../unit-text'
import { fixOf } from './fix'

type Finding = HostDiagnosisOf<'stale-drop-in'>

/**
 * A drop-in that does not fit its unit any more goes into the record, and no other file. docker-machine's own carries
 * TLS and the port that clients use: where it only names a program that has moved, that is corrected first of all.
 */
export const staleDropIn = fixOf('stale-drop-in', (finding, situation) => [
  ...correctProgram(finding, situation),
  moveAside(finding, situation),
])

function moveAside({ details }: Finding, situation: RepairSituation): RepairPlan {
  const { file, unit, isDockerMachines } = details
  const ports = portsIn([wholeUnitFile(situation.facts, file)?.text ?? ''])
  return engineRepair(situation, {
    id: 'stale-drop-in',
    title: `Move the drop-in ${file} of ${unit} aside`,
    consequences: [
      'No other file is touched.',
      ...(ports.length === 0
        ? []
        : [`The engine does not listen on port ${ports.join(', ')} because of this file any more.`]),
      ...(isDockerMachines
        ? ['docker-machine wrote it, with TLS and the port that clients use: provision the machine again afterwards.']
        : []),
    ],
    risk: isDockerMachines ? 'high' : 'low',
    without: [file],
    change: (builder) => [builder.moveAside('move-drop-in', file), reloadSystemd],
  })
}

function correctProgram({ details }: Finding, situation: RepairSituation): readonly RepairPlan[] {
  const { file, reason, execStarts } = details
  const { found, missing } = situation.facts.program
  const [program] = found
  const gone = missing.find((path) => execStarts.some(({ command }) => command.includes(path)))
  const text = wholeUnitFile(situation.facts, file)?.text
  if (reason !== 'missing-program' || program === undefined || gone === undefined || text === undefined) return []
  const title = `Have ${file} start ${program} instead of ${gone}`
  return [
    engineRepair(situation, {
      id: 'stale-drop-in',
      title,
      consequences: ['All other options in the file stay.'],
      change: (builder) => [
        builder.rewrite({ id: 'correct-program', title, path: file, text: text.replaceAll(gone, program) }),
        reloadSystemd,
      ],
    }),
  ]
}
