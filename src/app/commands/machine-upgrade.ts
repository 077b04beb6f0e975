import { machineCommand } from './shared/machine-command'

/** `docker-machine upgrade` for a machine of its store. */
export const machineUpgrade = machineCommand({
  id: 'swarmNetworks.machineUpgrade',
  action: 'upgrade',
})
