import type { Host } from './host'
import type { FleetNetwork } from './network'

/** All hosts and networks at one moment. The tree, the tests and the reports are functions of it. */
export interface Fleet {
  readonly hosts: readonly Host[]
  readonly networks: readonly FleetNetwork[]
}

export const emptyFleet: Fleet = { hosts: [], networks: [] }
