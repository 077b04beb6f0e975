import { machineCommand } from './shared/machine-command'

/** `docker-machine restart` for a machine of its store. */
export const machineRestart = machineCommand({
  id: 'swarmNetworks.machineRestart',
  action: 'restart',
})
