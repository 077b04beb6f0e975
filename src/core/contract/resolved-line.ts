import type { Peer, UnreachableHost } from '../connectivity/types'
import type { FleetNetwork } from '../model/network'
import type { ContractLine, Selector } from './types'

/** Two containers that a line is about. */
export interface LinePair {
  readonly from: Peer
  readonly to: Peer
  /** The selector that meant the target: a service is asked for by its own name. */
  readonly meant: Selector
  /** The network that both are on; where there is none, the target's, on which it is asked all the same. */
  readonly network: FleetNetwork
  readonly isShared: boolean
}

/** A line and whom it means now. */
export interface ResolvedLine {
  readonly line: ContractLine
  readonly pairs: readonly LinePair[]
  /** Hosts that may have more containers which the line means, and which cannot be asked. */
  readonly unseen: readonly UnreachableHost[]
}
