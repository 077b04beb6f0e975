import type { FleetAccess } from '../../../src/app/fleet-access'
import type { ConnectivityRun } from '../../../src/core/connectivity/run'
import type { PairFilter } from '../../../src/core/connectivity/plan'
import type { Fleet } from '../../../src/core/model/fleet'
import type { Lab } from '../lab'
import type { Undo } from '../machines/faults'
import type { FleetWithShells } from '../open-fleet'
import { containerCases } from './container-cases'
import { hostCases } from './host-cases'
import { nameCases } from './name-cases'
import { networkCases } from './network-cases'
import { swarmCases } from './swarm-cases'
import { wayCases } from './way-cases'

/** What a fault is made with. */
export interface MatrixWorld {
  readonly lab: Lab
  readonly fleet: Fleet
  readonly client: FleetAccess['client']
  readonly test: (over?: { readonly network?: string }) => Promise<ConnectivityRun>
}

/** One fault and what is to be found of it. */
export interface FaultCase {
  /** How it is made, for the table. */
  readonly title: string
  /** The rule that has to be first. */
  readonly cause: string
  /** Hosts and containers that the first finding names. */
  readonly names: readonly string[]
  /** Causes that are true as well. */
  readonly also?: readonly string[]
  /** The network that is tested; `gnswarm` where absent. */
  readonly network?: string
  /** The cause that comes first where no host can be asked: nothing but the containers' own probes tells it. */
  readonly byProbesAlone?: string
  /** Nothing fails: it shows by asking the hosts. */
  readonly isByHosts?: boolean
  /** Nothing on the common network was touched: it need not be looked at whether all is well again. */
  readonly isQuick?: boolean
  /** What it is tested through, where the fault is made before an engine and not at its host. */
  readonly through?: (lab: Lab) => Promise<FleetWithShells>
  /** Why the fix that the first finding offers is not run. */
  readonly notFixed?: string
  /** What its user has to do by hand after the fix: containers that never ran are nobody’s to start by themselves. */
  readonly byHand?: (world: MatrixWorld) => Promise<void>
  readonly only?: (fleet: Fleet) => PairFilter
  /** Resolves when the fault shows. */
  readonly inject: (world: MatrixWorld) => Promise<Undo>
}

/** Every fault, those that are over soonest first. */
export const cases: readonly FaultCase[] = [
  ...containerCases,
  ...wayCases,
  ...networkCases,
  ...nameCases,
  ...hostCases,
  ...swarmCases,
]
