import type { DiagnosisCause, HostDiagnosis, HostDiagnosisOf } from '../../examine/host/host-diagnosis'
import type { RepairPlan } from '../plan'
import type { RepairSituation } from '../situation'

/** What mends one cause that an examination of a host finds. */
export interface RepairFix {
  readonly cause: DiagnosisCause
  /** The ways to mend it, the one to be preferred first; none where what was found does not allow any. */
  plans(finding: HostDiagnosis, situation: RepairSituation): readonly RepairPlan[]
}

/** A fix of one cause, which gets that cause's findings and no others. */
export function fixOf<C extends DiagnosisCause>(
  cause: C,
  plans: (finding: HostDiagnosisOf<C>, situation: RepairSituation) => readonly RepairPlan[],
): RepairFix {
  return {
    cause,
    plans: (finding, situation) => (isOf(finding, cause) ? plans(finding, situation) : []),
  }
}

function isOf<C extends DiagnosisCause>(
  finding: HostDiagnosis,
  cause: C,
): finding is HostDiagnosis & HostDiagnosisOf<C> {
  return finding.cause === cause
}
