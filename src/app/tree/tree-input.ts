import type { Fleet } from '../../core/model/fleet'
import type { ContractBook } from '../contract/contract-book'
import type { Examinations } from '../examinations'
import type { MachineRuns } from '../machine/machine-runs'
import type { TestResults } from '../test-results'

/** Everything the views are a function of. */
export interface TreeInput {
  readonly fleet: Fleet
  readonly results: Pick<TestResults, 'latest'>
  /** Absent where nothing is examined. */
  readonly examinations?: Pick<Examinations, 'latest'>
  /** Absent where docker-machine is not run. */
  readonly machineRuns?: Pick<MachineRuns, 'failed'>
  /** The contracts of the workspace; absent where there is none. */
  readonly contracts?: Pick<ContractBook, 'addresses' | 'get'>
  /** For a person: what the sources of hosts could not read. */
  readonly problems: readonly string[]
  /** Milliseconds since the epoch; only decides whether a moment is shown with its date. */
  readonly now: number
}
