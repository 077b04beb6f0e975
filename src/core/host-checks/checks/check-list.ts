import type { HostCheck } from '../host-check'
import { advertisedAddress } from './advertised-address'
import { clock } from './clock'
import { dataPath } from './data-path'
import { esp } from './esp'
import { gossipTcp } from './gossip-tcp'
import { gossipUdp } from './gossip-udp'
import { managementPort } from './management-port'
import { nodeState } from './node-state'
import { openToAll } from './open-to-all'
import { pathMtu } from './path-mtu'
import { peers } from './peers'

/** Every check, in the order of the table's columns. */
export const hostCheckList: readonly HostCheck[] = [
  nodeState,
  managementPort,
  gossipTcp,
  gossipUdp,
  peers,
  dataPath,
  esp,
  pathMtu,
  advertisedAddress,
  clock,
  openToAll,
]
