import { writeContract } from '../../core/contract/write-contract'
import type { Command } from './command'
import { chooseNetwork } from './shared/choose-network'

const title = 'New Connectivity Contract'

/** Writes a contract of what is so now on a network, to be cut down to what is meant: from its last test, or from its members. */
export const newContract: Command = {
  id: 'swarmNetworks.newContract',
  async run({ fleet, results, ui, ...context }, subject) {
    const network = await chooseNetwork({ fleet, results, ui, ...context }, subject, {
      options: { title, placeholder: 'Network that the contract is about' },
      none: 'There is no network that containers could talk over on any host that can be reached.',
      refuse: ({ name, isIngress, driver }) =>
        isIngress || driver === 'host' || driver === 'null'
          ? `Containers do not talk to each other over ${name}`
          : undefined,
    })
    if (network === undefined) return
    const content = writeContract(fleet.fleet, network, results.latest(network.key))
    await ui.saveText({ name: `${network.name.replace(/[^\w.-]/g, '_')}.connectivity.yaml`, content })
  },
}
