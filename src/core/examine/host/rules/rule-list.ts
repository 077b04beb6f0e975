import { brNetfilterMissing } from './br-netfilter-missing'
import { certificateExpired } from './certificate-expired'
import { certificateMismatch } from './certificate-mismatch'
import { clockOff } from './clock-off'
import { daemonJsonInvalid } from './daemon-json-invalid'
import { directiveTwice } from './directive-twice'
import { diskFull } from './disk-full'
import { duplicateExecStart } from './duplicate-exec-start'
import { engineFailed } from './engine-failed'
import { engineHung } from './engine-hung'
import { engineStopped } from './engine-stopped'
import type { AnyFactRule } from './fact-rule'
import { firewallBlocks } from './firewall-blocks'
import { ipForwardOff } from './ip-forward-off'
import { leftoverSwarmAgent } from './leftover-swarm-agent'
import { legacyUnit } from './legacy-unit'
import { missingBinary } from './missing-binary'
import { portInUse } from './port-in-use'
import { reloadNeeded } from './reload-needed'
import { repairUnfinished } from './repair-unfinished'
import { restartNeeded } from './restart-needed'
import { socketUnitConflict } from './socket-unit-conflict'
import { staleDropIn } from './stale-drop-in'
import { stalePidFile } from './stale-pid-file'
import { staleSocketFile } from './stale-socket-file'
import { startLimitHit } from './start-limit-hit'
import { storeUnreachable } from './store-unreachable'
import { tlsFileMissing } from './tls-file-missing'
import { unitDisabled } from './unit-disabled'
import { unitMasked } from './unit-masked'
import { unknownFlag } from './unknown-flag'
import { vxlanMissing } from './vxlan-missing'

/** Every rule, the most specific first: what somebody was at, what keeps the engine from starting, then what else is wrong at the host. */
export const hostFactRules: readonly AnyFactRule[] = [
  repairUnfinished,
  unitMasked,
  staleDropIn,
  duplicateExecStart,
  legacyUnit,
  daemonJsonInvalid,
  directiveTwice,
  unknownFlag,
  missingBinary,
  diskFull,
  tlsFileMissing,
  certificateMismatch,
  certificateExpired,
  staleSocketFile,
  stalePidFile,
  portInUse,
  socketUnitConflict,
  restartNeeded,
  reloadNeeded,
  engineHung,
  unitDisabled,
  startLimitHit,
  engineFailed,
  engineStopped,
  storeUnreachable,
  leftoverSwarmAgent,
  firewallBlocks,
  clockOff,
  ipForwardOff,
  vxlanMissing,
  brNetfilterMissing,
]
