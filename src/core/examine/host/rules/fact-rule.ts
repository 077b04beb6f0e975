import type { Target } from '../../../model/target'
import type { DiagnosisCause, HostDiagnosis, HostDiagnosisOf } from '../host-diagnosis'
import type { HostFacts } from '../host-facts'

export interface FactEvidence {
  readonly facts: HostFacts
  /** What our side has for the host; absent where nothing is known. */
  readonly target?: Target
  /** What more specific rules found. */
  readonly found: readonly HostDiagnosis[]
}

/** One cause, found in what an examination saw. Pure: the same evidence gives the same findings. */
export interface FactRule<C extends DiagnosisCause> {
  /** The cause's id, and the file's name. */
  readonly cause: C
  /** One finding for each thing that is wrong in this way; none where all is well. */
  find(evidence: FactEvidence): readonly HostDiagnosisOf<C>[]
}

export type AnyFactRule = { [C in DiagnosisCause]: FactRule<C> }[DiagnosisCause]
