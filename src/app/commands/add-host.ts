import type { Command } from './command'
import { addHostFrom } from './shared/save-host'

/** Asks for a way in to a host, tries it, and saves it in the settings. */
export const addHost: Command = {
  id: 'swarmNetworks.addHost',
  run: (context) => addHostFrom(context, {}),
}
