import { machineCommand } from './shared/machine-command'

/** `docker-machine provision` for a machine of its store. */
export const machineProvision = machineCommand({
  id: 'swarmNetworks.machineProvision',
  action: 'provision',
})
