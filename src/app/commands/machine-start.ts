import { machineCommand } from './shared/machine-command'

/** `docker-machine start` for a machine of its store. */
export const machineStart = machineCommand({
  id: 'swarmNetworks.machineStart',
  action: 'start',
})
