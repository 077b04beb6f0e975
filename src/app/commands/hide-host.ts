import { SwarmNetworksError } from '../../core/errors'
import { targetsOf } from '../../core/fleet/targets-of'
import type { Host } from '../../core/model/host'
import type { Target } from '../../core/model/target'
import { formatEndpoint } from '../../core/targets/format-endpoint'
import type { Command } from './command'
import { chooseHost } from './shared/choose-host'

const undo = 'Undo'

/** Takes a host out of the view that was found on this machine: neither shown nor connected to until it is wanted again. */
export const hideHost: Command = {
  id: 'swarmNetworks.hideHost',
  async run(context, subject) {
    const host = await chooseHost(context, subject, {
      options: { title: 'Hide Host', placeholder: 'Host that was found on this machine' },
      candidates: context.fleet.fleet.hosts.filter((candidate) => foundTargets(candidate).length > 0),
      none: 'No host was found on this machine; those of the settings are removed or disabled there.',
    })
    if (host === undefined) return
    const targets = foundTargets(host)
    if (targets.length === 0) throw notFound(host)
    const ids = targets.map(({ id }) => id)
    await context.settings.hideHosts(ids)
    const ways = targets.map(({ endpoint, name }) => formatEndpoint(endpoint) || name).join(', ')
    const text = `${host.name} (${ways}) is hidden; “Show Hidden Hosts…” brings it back.`
    if ((await context.ui.info(text, [undo])) === undo) await context.settings.showHosts(ids)
  },
}

function notFound(host: Host): SwarmNetworksError {
  return new SwarmNetworksError('unsupported', `${host.name} was not found on this machine`, {
    remedy:
      host.target === undefined
        ? 'A manager knows it: it shows as long as its manager does.'
        : 'It is in the settings: remove or disable it there.',
  })
}

/** Entries of the settings are not hidden: they can be removed or disabled. */
function foundTargets(host: Host): readonly Target[] {
  const targets = targetsOf(host)
  return targets.some(({ source }) => source === 'settings') ? [] : targets
}
