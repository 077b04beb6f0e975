import { activateNode } from './activate-node'
import { addHost } from './add-host'
import { attach } from './attach'
import type { Command } from './command'
import { checkHosts } from './check-hosts'
import { connectHost } from './connect-host'
import { connectContainers } from './connect-containers'
import { rebuildClassicSwarm } from './rebuild-classic-swarm'
import { reconnectContainers } from './reconnect-containers'
import { recreateNetwork } from './recreate-network'
import { removeStaleEndpoint } from './remove-stale-endpoint'
import { removeStaleVxlan } from './remove-stale-vxlan'
import { replaceTasks } from './replace-tasks'
import { restartEngine } from './restart-engine'
import { copyAddress } from './copy-address'
import { copyId } from './copy-id'
import { copyName } from './copy-name'
import { createNetwork } from './create-network'
import { disableHost } from './disable-host'
import { editHost } from './edit-host'
import { enableHost } from './enable-host'
import { examineHost } from './examine-host'
import { examinePorts } from './examine-ports'
import { fix } from './fix'
import { hideHost } from './hide-host'
import { inspect } from './inspect'
import { machineProvision } from './machine-provision'
import { machineRegenerateCerts } from './machine-regenerate-certs'
import { machineRunAgain } from './machine-run-again'
import { machineSsh } from './machine-ssh'
import { machineStart } from './machine-start'
import { machineStop } from './machine-stop'
import { machineRestart } from './machine-restart'
import { machineUpgrade } from './machine-upgrade'
import { limitPorts } from './limit-ports'
import { openPorts } from './open-ports'
import { disableChecksumOffload } from './disable-checksum-offload'
import { newContract } from './new-contract'
import { openShell } from './open-shell'
import { openSshTerminal } from './open-ssh-terminal'
import { refresh } from './refresh'
import { removeContainer } from './remove-container'
import { removeHost } from './remove-host'
import { removeNetwork } from './remove-network'
import { repair } from './repair'
import { restartContainer } from './restart-container'
import { runContainer } from './run-container'
import { showExamination } from './show-examination'
import { showFirewallCommands } from './show-firewall-commands'
import { showHiddenHosts } from './show-hidden-hosts'
import { showLog } from './show-log'
import { showLogs } from './show-logs'
import { showReport } from './show-report'
import { showReportJson } from './show-report-json'
import { showTopology } from './show-topology'
import { startContainer } from './start-container'
import { startTarget } from './start-target'
import { stopContainer } from './stop-container'
import { testConnectivity } from './test-connectivity'
import { testFromContainer } from './test-from-container'
import { undoLastRepair } from './undo-last-repair'

/** The code of every command; `command-table.ts` has their titles and places, in the same order. */
export const commandList: readonly Command[] = [
  createNetwork,
  runContainer,
  testConnectivity,
  testFromContainer,
  showReport,
  showReportJson,
  newContract,
  checkHosts,
  showTopology,
  fix,
  startTarget,
  showFirewallCommands,
  reconnectContainers,
  connectContainers,
  recreateNetwork,
  removeStaleEndpoint,
  replaceTasks,
  restartEngine,
  activateNode,
  openPorts,
  limitPorts,
  disableChecksumOffload,
  removeStaleVxlan,
  machineProvision,
  machineRegenerateCerts,
  machineStart,
  machineStop,
  machineRestart,
  machineUpgrade,
  machineSsh,
  machineRunAgain,
  rebuildClassicSwarm,
  examinePorts,
  attach,
  openShell,
  repair,
  undoLastRepair,
  examineHost,
  showExamination,
  openSshTerminal,
  showLogs,
  startContainer,
  stopContainer,
  restartContainer,
  removeContainer,
  removeNetwork,
  inspect,
  copyName,
  copyId,
  copyAddress,
  refresh,
  addHost,
  connectHost,
  editHost,
  disableHost,
  enableHost,
  removeHost,
  hideHost,
  showHiddenHosts,
  showLog,
]
