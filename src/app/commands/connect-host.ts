import { swarmsOf } from '../../core/forms/swarms'
import type { Fleet } from '../../core/model/fleet'
import type { Host } from '../../core/model/host'
import { formatEndpoint } from '../../core/targets/format-endpoint'
import type { Command } from './command'
import type { HostDraft } from './shared/ask-host-setting'
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
    await addHostFrom(context, {
      ...wayLikeThatOf(managerOf(host, context.fleet.fleet), host.address),
      name: host.name,
    })
  },
}

/** The manager that lists the node: its machines are most likely set up alike. */
function managerOf({ nodeId }: Host, fleet: Fleet): Host | undefined {
  return swarmsOf(fleet).find(({ hosts }) => hosts.some((host) => host.nodeId === nodeId))?.managers[0]
}

/** The way in to the manager, with the node's address in it. */
function wayLikeThatOf(manager: Host | undefined, address: string): HostDraft {
  const host = address.includes(':') ? `[${address}]` : address
  const endpoint = manager?.way?.endpoint ?? manager?.target?.endpoint
  switch (endpoint?.kind) {
    case 'tls':
      return { kind: 'tls', address: `${host}:${endpoint.port}`, tls: endpoint.files }
    case 'tcp':
      return { kind: 'tcp', address: `${host}:${endpoint.port}` }
    case 'ssh': {
      const [identityFile] = endpoint.identityFiles ?? []
      const url = formatEndpoint({ ...endpoint, host: address })
      return { kind: 'ssh', address: url.slice('ssh://'.length), ...(identityFile !== undefined && { identityFile }) }
    }
    default:
      return { kind: 'ssh', address: host }
  }
}
