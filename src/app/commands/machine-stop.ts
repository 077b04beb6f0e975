import { machineCommand } from './shared/machine-command'

/** `docker-machine stop` for a machine of its store. */
export const machineStop = machineCommand({
  id: 'swarmNetworks.machineStop',
  action: 'stop',
})
