import type { CommandContribution, NodeCondition } from './contribution'
import { machineCauses } from '../../../core/machine/machine-failures'
import { node, nodes } from './places'

/** A host out of docker-machine's store. */
const machine: NodeCondition = { all: ['host', 'source-docker-machine'] }

/** Findings about a command of docker-machine that failed. */
const failed: NodeCondition = { all: ['host-finding'], any: machineCauses.map((cause) => `cause-${cause}` as const) }

/** What docker-machine's command line does to a machine of its store. */
export const machineContributions: readonly CommandContribution[] = [
  {
    id: 'swarmNetworks.machineProvision',
    title: 'Provision…',
    places: [node('6_machine@1', machine)],
  },
  {
    id: 'swarmNetworks.machineRegenerateCerts',
    title: 'Regenerate Certificates…',
    places: [node('6_machine@2', machine)],
  },
  {
    id: 'swarmNetworks.machineStart',
    title: 'Start Machine…',
    places: [node('6_machine@3', machine)],
  },
  {
    id: 'swarmNetworks.machineStop',
    title: 'Stop Machine…',
    places: [node('6_machine@4', machine)],
  },
  {
    id: 'swarmNetworks.machineRestart',
    title: 'Restart Machine…',
    places: [node('6_machine@5', machine)],
  },
  {
    id: 'swarmNetworks.machineUpgrade',
    title: 'Upgrade Docker…',
    places: [node('6_machine@6', machine)],
  },
  {
    id: 'swarmNetworks.machineSsh',
    title: 'SSH by Docker Machine',
    places: [node('6_machine@8', machine)],
  },
  {
    id: 'swarmNetworks.machineRunAgain',
    title: 'Run Machine Command Again…',
    icon: 'debug-rerun',
    places: [node('inline@1', failed), node('1_fix@1', failed)],
  },
  {
    id: 'swarmNetworks.rebuildClassicSwarm',
    title: 'Rebuild Classic Swarm…',
    places: [nodes('6_machine@7', machine)],
  },
]
