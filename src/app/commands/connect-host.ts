import type { Command } from './command'
import { chooseHost } from './shared/choose-host'
import { addHostFrom } from './shared/save-host'

/** For a node that a manager knows and to which no way in is known. */
export const connectHost: Command = {
  id: 'swarmNetworks.connectHost',
  async run(context, subject) {
    const host = await chooseHost(context, subject, {
      options: { title: 'Connect to Host', placeholder: 'Node without a way in' },
      candidates: context.fleet.fleet.hosts.filter(({ state }) => state === 'unknown'),
      none: 'Every node that a manager knows has a way in already.',
    })
    if (host === undefined) return
    const address = host.address.includes(':') ? `[${host.address}]` : host.address
    await addHostFrom(context, { kind: 'ssh', address, name: host.name })
  },
}
