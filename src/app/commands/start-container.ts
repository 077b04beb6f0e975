import { containerChange } from './shared/change-container'

/** Starts a container that was created or has ended, or lets a paused one go on. */
export const startContainer = containerChange({
  id: 'swarmNetworks.startContainer',
  action: 'start',
  states: ['created', 'exited', 'paused'],
  words: ['Start', 'Starting'],
})
