import type { HostDiagnosis } from '../../examine/host/host-diagnosis'
import type { RepairPlan } from '../plan'
import type { RepairSituation } from '../situation'
import { restartCommand } from '../start-engine'
import { brNetfilterMissing } from './br-netfilter-missing'
import { certificateExpired } from './certificate-expired'
import { certificateMismatch } from './certificate-mismatch'
import { daemonJsonInvalid } from './daemon-json-invalid'
import { directiveTwice } from './directive-twice'
import { duplicateExecStart } from './duplicate-exec-start'
import { engineStopped } from './engine-stopped'
import type { RepairFix } from './fix'
import { ipForwardOff } from './ip-forward-off'
import { leftoverSwarmAgent } from './leftover-swarm-agent'
import { legacyUnit } from './legacy-unit'
import { missingBinary } from './missing-binary'
import { reloadNeeded } from './reload-needed'
import { repairUnfinished } from './repair-unfinished'
import { restartNeeded } from './restart-needed'
import { socketUnitConflict } from './socket-unit-conflict'
import { staleDropIn } from './stale-drop-in'
import { stalePidFile } from './stale-pid-file'
import { staleSocketFile } from './stale-socket-file'
import { startLimitHit } from './start-limit-hit'
import { unitDisabled } from './unit-disabled'
import { unitMasked } from './unit-masked'
import { unknownFlag } from './unknown-flag'
import { vxlanMissing } from './vxlan-missing'

/** Every fix; each cause has one at most. */
export const fixList: readonly RepairFix[] = [
  repairUnfinished,
  staleDropIn,
  duplicateExecStart,
  daemonJsonInvalid,
  directiveTwice,
  unknownFlag,
  missingBinary,
  legacyUnit,
  certificateMismatch,
  certificateExpired,
  socketUnitConflict,
  unitMasked,
  unitDisabled,
  stalePidFile,
  staleSocketFile,
  leftoverSwarmAgent,
  startLimitHit,
  engineStopped,
  reloadNeeded,
  restartNeeded,
  ipForwardOff,
  brNetfilterMissing,
  vxlanMissing,
]

/** Whether there is a fix for a cause at all. */
export function hasFix(cause: string): boolean {
  return fixList.some((fix) => fix.cause === cause)
}

/** Those that ask nothing of systemd. */
const withoutSystemd: readonly string[] = [
  ...['repair-unfinished', 'leftover-swarm-agent', 'ip-forward-off', 'br-netfilter-missing', 'vxlan-missing'],
]
/** Those that need no more than somebody who restarts the engine. */
const withRestart: readonly string[] = [
  ...['daemon-json-invalid', 'directive-twice', 'unknown-flag', 'stale-pid-file', 'stale-socket-file'],
  ...['certificate-expired', 'certificate-mismatch', 'engine-stopped'],
]

/** The ways to mend what was found, the preferred one first; none where there is no fix, or it cannot be applied. */
export function plansFor(finding: HostDiagnosis, situation: RepairSituation): readonly RepairPlan[] {
  const { facts } = situation
  // What the others do is systemd's to do; on other systems the finding's own words have to do.
  const isPossible =
    facts.system.init === 'systemd' ||
    withoutSystemd.includes(finding.cause) ||
    (withRestart.includes(finding.cause) && restartCommand(facts) !== undefined)
  if (!isPossible) return []
  return fixList.find(({ cause }) => cause === finding.cause)?.plans(finding, situation) ?? []
}
