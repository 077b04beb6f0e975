import { certificateExpired } from './certificate-expired'
import { certificateExpiresSoon } from './certificate-expires-soon'
import { clonedNode } from './cloned-node'
import { clusterAdvertise } from './cluster-advertise'
import { clusterStoreDown } from './cluster-store-down'
import type { HostRule } from './host-rule'
import { engineSilent } from './engine-silent'
import { nodeAddress } from './node-address'
import { otherWayUsed } from './other-way-used'
import { staleNode } from './stale-node'

/** Every rule about hosts, in the order in which their findings are shown. */
export const hostRules: readonly HostRule[] = [
  engineSilent,
  otherWayUsed,
  clonedNode,
  nodeAddress,
  staleNode,
  clusterStoreDown,
  clusterAdvertise,
  certificateExpired,
  certificateExpiresSoon,
]
