import type { Command } from './command'
import { networkKeyOf } from './shared/choose-network'

/** The picture of hosts, networks and links; asked for on a network, of that one alone. */
export const showTopology: Command = {
  id: 'swarmNetworks.showTopology',
  run({ ui }, subject) {
    ui.showTopology(networkKeyOf(subject))
    return Promise.resolve()
  },
}
