import { isPredefined } from '../../core/forms/predefined-networks'
import type { Command } from './command'
import { chooseNetwork } from './shared/choose-network'
import { testNetwork } from './shared/test-network'
import { testFromContainer } from './test-from-container'

/** All pairs of a network; asked for on a container, those that start from it. */
export const testConnectivity: Command = {
  id: 'swarmNetworks.testConnectivity',
  async run(context, subject) {
    if (subject?.kind === 'container') return testFromContainer.run(context, subject)
    const network = await chooseNetwork(context, subject, {
      options: { title: 'Test Connectivity', placeholder: 'Network' },
      none: 'There is no network with two containers to test.',
      refuse: (candidate) => {
        if (isPredefined(candidate))
          return `${candidate.name} is the engine’s own network: containers do not find each other by name on it`
        return candidate.members.length < 2 ? `The network ${candidate.name} has fewer than two containers` : undefined
      },
    })
    if (network !== undefined) await testNetwork(context, network)
  },
}
