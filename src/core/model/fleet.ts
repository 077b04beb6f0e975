import type { Host } from './host'
import type { FleetNetwork } from './network'
import type { SwarmService } from './service'

/** All hosts, networks and services at one moment. The tree, the tests and the reports are functions of it. */
export interface Fleet {
  readonly hosts: readonly Host[]
  readonly networks: readonly FleetNetwork[]
  /** Of every swarm with a manager that can be reached, by name. */
  readonly services: readonly SwarmService[]
}

export const emptyFleet: Fleet = { hosts: [], networks: [], services: [] }
