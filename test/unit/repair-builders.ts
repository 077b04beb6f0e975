import type { DiagnosisCause, DiagnosisDetails, HostDiagnosis } from '../../src/core/examine/host/host-diagnosis'
import { actionLine } from '../../src/core/repair/action-line'
import type { HostContainer } from '../../src/core/repair/container-look'
import type { RepairSituation } from '../../src/core/repair/situation'
import { aDockerUnit, aHostFacts } from './examine-builders'
import type { HostAction, RepairPlan, RepairStep } from '../../src/core/repair/plan'
import { keptFile } from '../../src/core/repair/record'

export const aRecordName = '20261125T120000Z-stale-drop-in'

/** A command as root. */
export function aCommand(...command: readonly string[]): HostAction {
  return { kind: 'command', command, asRoot: true, deadlineMs: 30_000 }
}

/** A step at tolkewitz. */
export function aStep(id: string, over: Partial<RepairStep> = {}): RepairStep {
  return {
    id,
    title: `Do ${id}`,
    hostId: 'settings:tolkewitz',
    hostName: 'tolkewitz',
    action: aCommand('do', id),
    ...over,
  }
}

const dropIn = '/etc/systemd/system/docker.service.d/override.conf'
const kept = keptFile(aRecordName, dropIn)

/** Moves a file, has systemd read it, and restarts the engine: the shape of most repairs. */
export function aRepair(over: Partial<RepairPlan> = {}): RepairPlan {
  return {
    id: 'stale-drop-in',
    title: 'Move the drop-in override.conf aside',
    record: aRecordName,
    hostIds: ['settings:tolkewitz'],
    consequences: ['The containers web and db stop and come back.'],
    risk: 'medium',
    steps: [
      aStep('move', { action: aCommand('mv', dropIn, kept), undo: aCommand('mv', kept, dropIn) }),
      aStep('reload', {
        action: aCommand('systemctl', 'daemon-reload'),
        undo: aCommand('systemctl', 'daemon-reload'),
        undoOrder: 'last',
      }),
      aStep('restart', {
        action: aCommand('systemctl', 'restart', 'docker.service'),
        check: { title: 'the engine answers', look: aCommand('docker', 'version'), tries: 3 },
      }),
    ],
    ...over,
  }
}

/** A finding of an examination, reduced to what a fix reads of it. */
export function aFindingOf<C extends DiagnosisCause>(cause: C, details: DiagnosisDetails[C]): HostDiagnosis {
  const finding = { cause, title: cause, severity: 'error', evidence: [], remedy: '', details } as const
  return finding as unknown as HostDiagnosis
}

/** tolkewitz as it was examined; its engine does not run. */
export function aSituation(over: Partial<RepairSituation> = {}): RepairSituation {
  return {
    hostId: 'settings:tolkewitz',
    hostName: 'tolkewitz',
    facts: aHostFacts({ units: [aDockerUnit({ activeState: 'failed' })], processes: [] }),
    containers: [],
    now: Date.UTC(2026, 10, 25, 12),
    ...over,
  }
}

export function aHostContainer(name: string, over: Partial<HostContainer> = {}): HostContainer {
  return { name, isRunning: true, restartPolicy: 'always', isStoppedByHand: false, isTask: false, ...over }
}

/** A plan's steps as the lines that are run, in order. */
export function linesOf(plan: RepairPlan | undefined): readonly string[] {
  return plan?.steps.map(({ action }) => actionLine(action)) ?? []
}
