import { containerChange } from './shared/change-container'

/** Starts a container that was created or has ended. */
export const startContainer = containerChange({
  id: 'swarmNetworks.startContainer',
  action: 'start',
  states: ['created', 'exited'],
  words: ['Start', 'Starting'],
})
