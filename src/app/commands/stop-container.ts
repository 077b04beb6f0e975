import { containerChange } from './shared/change-container'

/** Ends a container’s main process, by force after the engine’s grace period. */
export const stopContainer = containerChange({
  id: 'swarmNetworks.stopContainer',
  action: 'stop',
  states: ['running', 'paused', 'restarting'],
  words: ['Stop', 'Stopping'],
})
