import type { CommandContribution, NodeCondition } from './contribution'
import { node } from './places'

const userNetwork: NodeCondition = { all: ['network'], none: ['predefined'] }
const recreatableNetwork: NodeCondition = { all: ['network', 'overlay'], none: ['predefined'] }
const takingNetwork: NodeCondition = { all: ['network', 'takes-containers'] }

/** Commands that repair networks and their members: each shows its plan before it runs. */
export const repairContributions: readonly CommandContribution[] = [
  {
    id: 'swarmNetworks.reconnectContainers',
    title: 'Reconnect to Network…',
    icon: 'sync',
    places: [
      node('1_fix@5', { all: ['finding', 'fix-reconnect-containers'] }),
      node('4_network@2', { all: ['container'], none: ['task-of-service'] }),
    ],
  },
  {
    id: 'swarmNetworks.connectContainers',
    title: 'Connect to Network…',
    icon: 'plug',
    places: [
      node('1_fix@6', { all: ['finding', 'fix-connect-containers'] }),
      node('4_network@1', { all: ['container'], none: ['task-of-service'] }),
      node('1_create@3', takingNetwork),
    ],
  },
  {
    id: 'swarmNetworks.recreateNetwork',
    title: 'Recreate Network…',
    places: [node('1_fix@7', { all: ['finding', 'fix-recreate-network'] }), node('4_network@1', recreatableNetwork)],
  },
  {
    id: 'swarmNetworks.removeStaleEndpoint',
    title: 'Remove Stale Endpoint…',
    places: [node('4_network@2', userNetwork)],
  },
  {
    id: 'swarmNetworks.replaceTasks',
    title: 'Replace Tasks of the Service…',
    places: [node('3_state@4', { any: ['service', 'task', 'task-of-service'] })],
  },
  {
    id: 'swarmNetworks.restartEngine',
    title: 'Restart Docker…',
    places: [node('1_fix@8', { all: ['finding', 'fix-restart-engine'] }), node('4_engine@9', { all: ['host', 'ssh'] })],
  },
  {
    id: 'swarmNetworks.activateNode',
    title: 'Set Node to Active…',
    places: [
      node('1_fix@2', { all: ['finding', 'fix-activate-node'] }),
      node('4_engine@8', { all: ['host', 'inactive-node'] }),
      node('3_state@3', { all: ['waits-for-node'], any: ['service', 'task'] }),
    ],
  },
  {
    id: 'swarmNetworks.openPorts',
    title: 'Open Ports…',
    icon: 'shield',
    places: [node('1_fix@1', { all: ['finding', 'fix-open-ports'] })],
  },
  {
    id: 'swarmNetworks.limitPorts',
    title: 'Let Only the Other Hosts In…',
    icon: 'shield',
    places: [node('1_fix@1', { all: ['finding', 'fix-limit-ports'] })],
  },
  {
    id: 'swarmNetworks.disableChecksumOffload',
    title: 'Turn Off Checksum Offload…',
    places: [node('1_fix@9', { all: ['finding', 'fix-disable-checksum-offload'] })],
  },
  {
    id: 'swarmNetworks.removeStaleVxlan',
    title: 'Remove Stale VXLAN Interface…',
    places: [node('1_fix@1', { all: ['finding', 'fix-remove-stale-vxlan'] })],
  },
]
