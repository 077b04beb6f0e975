import type { HostDiagnosis } from './host-diagnosis'
import type { HostFacts } from './host-facts'

/** What one examination of one host brought. */
export interface Examination {
  readonly hostId: string
  readonly facts: HostFacts
  /** The most specific first: the first is what to mend first. */
  readonly findings: readonly HostDiagnosis[]
}
