import type { FindingSource } from './listed-finding'
import { connectivity } from './sources/connectivity'
import { contracts } from './sources/contracts'
import { examinations } from './sources/examinations'
import { hostRules } from './sources/host-rules'
import { machineRuns } from './sources/machine-runs'
import { silentHosts } from './sources/silent-hosts'
import { sourceProblems } from './sources/source-problems'

/** Every kind of findings; in one group they stand in this order. */
export const findingSources: readonly FindingSource[] = [
  connectivity,
  contracts,
  silentHosts,
  examinations,
  machineRuns,
  hostRules,
  sourceProblems,
]
