import { machineCommand } from './shared/machine-command'

/** `docker-machine regenerate-certs` for a machine of its store. */
export const machineRegenerateCerts = machineCommand({
  id: 'swarmNetworks.machineRegenerateCerts',
  action: 'regenerate-certs',
})
