import { containerChange } from './shared/change-container'

/** Ends a container’s main process, by force after the engine’s grace period, and starts it again. */
export const restartContainer = containerChange({
  id: 'swarmNetworks.restartContainer',
  action: 'restart',
  states: ['running', 'paused', 'restarting'],
  words: ['Restart', 'Restarting'],
})
