import type { Fix } from '../../../core/diagnosis/finding'
import type { Command } from '../command'
import { activateNode } from '../activate-node'
import { connectContainers } from '../connect-containers'
import { disableChecksumOffload } from '../disable-checksum-offload'
import { examinePorts } from '../examine-ports'
import { limitPorts } from '../limit-ports'
import { openPorts } from '../open-ports'
import { reconnectContainers } from '../reconnect-containers'
import { recreateNetwork } from '../recreate-network'
import { removeStaleVxlan } from '../remove-stale-vxlan'
import { restartEngine } from '../restart-engine'
import { showFirewallCommands } from '../show-firewall-commands'
import { showLogs } from '../show-logs'
import { startTarget } from '../start-target'

/** The command of each fix that a finding can offer. */
export const fixCommands: Readonly<Record<Fix['id'], Command>> = {
  'start-target': startTarget,
  'show-firewall-commands': showFirewallCommands,
  'show-logs': showLogs,
  'examine-ports': examinePorts,
  'reconnect-containers': reconnectContainers,
  'connect-containers': connectContainers,
  'recreate-network': recreateNetwork,
  'open-ports': openPorts,
  'limit-ports': limitPorts,
  'restart-engine': restartEngine,
  'disable-checksum-offload': disableChecksumOffload,
  'remove-stale-vxlan': removeStaleVxlan,
  'activate-node': activateNode,
}
