import type { CommandContribution, NodeCondition } from './shared/contribution'
import { machineCauses } from '../../core/machine/machine-failures'
import { hostContributions } from './shared/host-contributions'
import { machineContributions } from './shared/machine-contributions'
import { allViews, inTesting, node, nodes, title } from './shared/places'
import { repairContributions } from './shared/repair-contributions'

/** Networks that a user made: the engine's own take neither containers with names nor a removal. */
const userNetwork: NodeCondition = { all: ['network'], none: ['predefined'] }
/** Findings about a command of docker-machine that failed. */
const machineFailures = machineCauses.map((cause) => `cause-${cause}` as const)
const takingNetwork: NodeCondition = { all: ['network', 'takes-containers'] }
const testableNetwork: NodeCondition = { all: ['network', 'testable'] }
const container: NodeCondition = { all: ['container'] }
const running: NodeCondition = { all: ['container', 'state-running'] }

/** Every command, in the order of the palette; `command-list.ts` has the code of each. */
export const commandTable: readonly CommandContribution[] = [
  {
    id: 'swarmNetworks.createNetwork',
    title: 'Create Overlay Network…',
    icon: 'add',
    places: [
      title(['networks'], 'navigation@1'),
      node('1_create@1', { all: ['host', 'state-ready', 'makes-networks'] }),
    ],
  },
  {
    id: 'swarmNetworks.runContainer',
    title: 'Run Container on Network…',
    icon: 'run',
    places: [
      title(['networks'], '1_create@1'),
      node('inline@2', takingNetwork),
      node('1_create@2', takingNetwork),
      node('1_create@2', { all: ['host', 'state-ready'] }),
    ],
  },
  {
    id: 'swarmNetworks.testConnectivity',
    title: 'Test Connectivity…',
    icon: 'beaker',
    places: [
      title(['networks'], '1_create@2'),
      title(['findings'], 'navigation@1'),
      node('inline@1', testableNetwork),
      node('2_test@1', testableNetwork),
      node('inline@1', { all: ['test-result'] }),
      node('2_test@1', { any: ['test-result', 'finding'] }),
    ],
  },
  {
    id: 'swarmNetworks.testFromContainer',
    title: 'Test Connectivity from This Container…',
    icon: 'beaker',
    places: [node('2_test@1', running)],
  },
  {
    id: 'swarmNetworks.showReport',
    title: 'Show Connectivity Report',
    icon: 'open-preview',
    places: [
      node('inline@2', { all: ['test-result'] }),
      node('2_test@2', { any: ['tested', 'test-result', 'finding'] }),
    ],
  },
  {
    id: 'swarmNetworks.showReportJson',
    title: 'Open Connectivity Report as JSON',
    places: [node('2_test@3', { any: ['tested', 'test-result'] })],
  },
  {
    id: 'swarmNetworks.newContract',
    title: 'New Connectivity Contract…',
    places: [node('2_test@4', testableNetwork)],
  },
  {
    id: 'swarmNetworks.checkHosts',
    title: 'Check Hosts…',
    icon: 'checklist',
    places: [
      title(['hosts', 'networks', 'findings'], '2_test@1'),
      node('2_test@5', { all: ['network', 'overlay'] }),
      node('2_test@3', { all: ['host', 'state-ready'] }),
      node('2_test@5', { any: ['test-result', 'finding'] }),
    ],
  },
  {
    id: 'swarmNetworks.showTopology',
    title: 'Show Topology',
    icon: 'type-hierarchy-sub',
    places: [
      title(['networks'], 'navigation@2'),
      node('2_test@4', { all: ['network', 'overlay'], none: ['predefined'] }),
    ],
  },
  {
    id: 'swarmNetworks.fix',
    title: 'Fix…',
    icon: 'wand',
    places: [
      node('inline@8', { all: ['fixable'], any: ['network', 'container', 'test-result', 'contract-line'] }),
      node('1_fix@0', { all: ['fixable'] }),
      inTesting,
    ],
  },
  {
    id: 'swarmNetworks.startTarget',
    title: 'Start the Stopped Container',
    icon: 'debug-start',
    places: [
      node('inline@1', { all: ['finding', 'fix-start-target'] }),
      node('1_fix@1', { all: ['finding', 'fix-start-target'] }),
    ],
  },
  {
    id: 'swarmNetworks.showFirewallCommands',
    title: 'Show Firewall Commands',
    icon: 'shield',
    places: [
      node('inline@1', { all: ['finding', 'fix-show-firewall-commands'] }),
      node('1_fix@2', { all: ['finding', 'fix-show-firewall-commands'] }),
    ],
  },
  ...repairContributions,
  ...machineContributions,
  {
    id: 'swarmNetworks.examinePorts',
    title: 'Show Listening Ports',
    icon: 'radio-tower',
    places: [
      node('inline@2', { all: ['finding', 'fix-examine-ports'] }),
      node('1_fix@3', { all: ['finding', 'fix-examine-ports'] }),
      node('2_test@2', running),
    ],
  },
  {
    id: 'swarmNetworks.attach',
    title: 'Attach…',
    icon: 'debug-disconnect',
    places: [node('1_terminal@2', { all: ['container'], any: ['state-running', 'state-created', 'state-exited'] })],
  },
  {
    id: 'swarmNetworks.openShell',
    title: 'Open Shell',
    icon: 'terminal',
    places: [node('inline@1', running), node('1_terminal@1', running)],
  },
  {
    id: 'swarmNetworks.repair',
    title: 'Repair…',
    icon: 'tools',
    places: [
      node('inline@1', { all: ['host-diagnosis'] }),
      nodes('1_fix@1', { all: ['host-diagnosis'] }),
      node('1_fix@1', { all: ['host-finding', 'cause-machine-swarm-agent-conflict'] }),
      nodes('4_doctor@8', { all: ['host', 'ssh'], none: ['state-disabled'] }),
    ],
  },
  {
    id: 'swarmNetworks.undoLastRepair',
    title: 'Undo Last Repair…',
    icon: 'discard',
    places: [node('4_doctor@9', { all: ['host', 'ssh'] })],
  },
  {
    id: 'swarmNetworks.examineHost',
    title: 'Examine Host',
    icon: 'pulse',
    places: [
      nodes('2_test@1', { all: ['host', 'ssh'], none: ['state-disabled'] }),
      node('inline@1', { all: ['host', 'ssh', 'state-unreachable'] }),
      node('inline@1', { all: ['host-finding', 'cause-engine-silent'] }),
      node('2_test@1', { any: ['host-diagnosis', 'cause-engine-silent', ...machineFailures] }),
    ],
  },
  {
    id: 'swarmNetworks.showExamination',
    title: 'Show Examination',
    icon: 'open-preview',
    places: [node('2_test@2', { all: ['host', 'examined'] }), node('2_test@2', { all: ['host-diagnosis'] })],
  },
  {
    id: 'swarmNetworks.openSshTerminal',
    title: 'Open SSH Terminal',
    icon: 'terminal-linux',
    places: [node('1_terminal@1', { all: ['host', 'ssh'] })],
  },
  {
    id: 'swarmNetworks.showLogs',
    title: 'Show Logs',
    icon: 'output',
    places: [
      node('inline@2', container),
      node('1_terminal@3', container),
      node('inline@3', { all: ['finding', 'fix-show-logs'] }),
      node('1_fix@4', { all: ['finding', 'fix-show-logs'] }),
    ],
  },
  {
    id: 'swarmNetworks.startContainer',
    title: 'Start',
    icon: 'debug-start',
    places: [
      node('inline@1', { all: ['container'], any: ['state-created', 'state-exited', 'state-paused'] }),
      node('3_state@1', { all: ['container'], any: ['state-created', 'state-exited', 'state-paused'] }),
    ],
  },
  {
    id: 'swarmNetworks.stopContainer',
    title: 'Stop',
    icon: 'debug-stop',
    places: [node('3_state@2', { all: ['container'], any: ['state-running', 'state-paused', 'state-restarting'] })],
  },
  {
    id: 'swarmNetworks.restartContainer',
    title: 'Restart',
    icon: 'debug-restart',
    places: [node('3_state@3', { all: ['container'], any: ['state-running', 'state-paused', 'state-restarting'] })],
  },
  {
    id: 'swarmNetworks.removeContainer',
    title: 'Remove Container…',
    icon: 'trash',
    places: [node('8_remove@1', { all: ['container'], none: ['state-removing'] })],
  },
  {
    id: 'swarmNetworks.removeNetwork',
    title: 'Remove Network…',
    icon: 'trash',
    places: [node('8_remove@1', userNetwork)],
  },
  {
    id: 'swarmNetworks.inspect',
    title: 'Inspect',
    icon: 'json',
    places: [
      node('6_look@1', { any: ['container', 'network', 'service', 'task'] }),
      node('6_look@1', { all: ['host', 'state-ready'] }),
    ],
  },
  {
    id: 'swarmNetworks.copyName',
    title: 'Copy Name',
    places: [node('7_copy@1', { any: ['host', 'container', 'network', 'service'] })],
  },
  {
    id: 'swarmNetworks.copyId',
    title: 'Copy ID',
    places: [node('7_copy@2', { any: ['container', 'network', 'service', 'task'] })],
  },
  {
    id: 'swarmNetworks.copyAddress',
    title: 'Copy Address',
    places: [node('7_copy@3', { all: ['addressed'] })],
  },
  {
    id: 'swarmNetworks.refresh',
    title: 'Refresh',
    icon: 'refresh',
    places: [
      title(allViews, 'navigation@9'),
      node('6_look@2', { all: ['host'], none: ['state-unknown', 'state-disabled'] }),
    ],
  },
  ...hostContributions,
  {
    id: 'swarmNetworks.showLog',
    title: 'Show Log',
    icon: 'output',
    places: [title(allViews, '9_log@1')],
  },
]
