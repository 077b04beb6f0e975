import type { Rule } from '../evidence'
import { addressesUsedUp } from './addresses-used-up'
import { advertiseAddress } from './advertise-address'
import { applicationHangs } from './application-hangs'
import { checksumOffload } from './checksum-offload'
import { clockSkew } from './clock-skew'
import { clonedNode } from './cloned-node'
import { containerCutOff } from './container-cut-off'
import { dataPathClosed } from './data-path-closed'
import { dataPathOpen } from './data-path-open'
import { deadAfterEngineRestart } from './dead-after-engine-restart'
import { duplicateName } from './duplicate-name'
import { encryptionBlocked } from './encryption-blocked'
import { forwardingOff } from './forwarding-off'
import { gatewayBridgeAddress } from './gateway-bridge-address'
import { gossipPartlyClosed } from './gossip-partly-closed'
import { gossipPortClosed } from './gossip-port-closed'
import { hostCutOff } from './host-cut-off'
import { hostUnreachable } from './host-unreachable'
import { hostsFileEntry } from './hosts-file-entry'
import { hostsIsolated } from './hosts-isolated'
import { icmpBlocked } from './icmp-blocked'
import { lossyUnderlay } from './lossy-underlay'
import { managementPortClosed } from './management-port-closed'
import { mtuBlackHole } from './mtu-black-hole'
import { nameIncomplete } from './name-incomplete'
import { nameLeadsElsewhere } from './name-leads-elsewhere'
import { nameNotKnown } from './name-not-known'
import { namesNotConverged } from './names-not-converged'
import { namesNotSpreading } from './names-not-spreading'
import { noPathBetweenHosts } from './no-path-between-hosts'
import { nodeDrained } from './node-drained'
import { notAttachable } from './not-attachable'
import { notAttached } from './not-attached'
import { portClosed } from './port-closed'
import { portNotAnswering } from './port-not-answering'
import { portOnLoopback } from './port-on-loopback'
import { quorumLost } from './quorum-lost'
import { resolverNotAnswering } from './resolver-not-answering'
import { serviceAddressSilent } from './service-address-silent'
import { staleEntry } from './stale-entry'
import { staleServiceAddress } from './stale-service-address'
import { subnetHidesRoute } from './subnet-hides-route'
import { subnetOverlap } from './subnet-overlap'
import { targetNotRunning } from './target-not-running'
import { targetPaused } from './target-paused'
import { unexplained } from './unexplained'
import { vxlanNotMade } from './vxlan-not-made'
import { wrongAddress } from './wrong-address'

/**
 * Every rule, most specific first: what engines and managers say outright, then what the hosts have in common, then what
 * many pairs have in common, then the rest. At the end what explains no failure and should be known all the same.
 */
export const rules: readonly Rule[] = [
  notAttached,
  subnetOverlap,
  notAttachable,
  nodeDrained,
  addressesUsedUp,
  vxlanNotMade,
  clonedNode,
  advertiseAddress,
  quorumLost,
  deadAfterEngineRestart,
  managementPortClosed,
  hostsIsolated,
  hostCutOff,
  targetNotRunning,
  targetPaused,
  resolverNotAnswering,
  gossipPortClosed,
  encryptionBlocked,
  dataPathClosed,
  noPathBetweenHosts,
  mtuBlackHole,
  namesNotSpreading,
  namesNotConverged,
  hostsFileEntry,
  gatewayBridgeAddress,
  staleEntry,
  staleServiceAddress,
  duplicateName,
  wrongAddress,
  nameNotKnown,
  nameIncomplete,
  serviceAddressSilent,
  nameLeadsElsewhere,
  checksumOffload,
  portOnLoopback,
  portClosed,
  portNotAnswering,
  containerCutOff,
  unexplained,
  hostUnreachable,
  applicationHangs,
  lossyUnderlay,
  icmpBlocked,
  gossipPartlyClosed,
  clockSkew,
  forwardingOff,
  subnetHidesRoute,
  dataPathOpen,
]
