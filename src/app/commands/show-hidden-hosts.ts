import { formatEndpoint } from '../../core/targets/format-endpoint'
import type { Command } from './command'
import { notify } from './shared/notify'

/** Brings hosts back that were hidden. */
export const showHiddenHosts: Command = {
  id: 'swarmNetworks.showHiddenHosts',
  async run(context) {
    const { fleet, settings, ui } = context
    const hidden = fleet.hidden
    if (hidden.length === 0) {
      notify(context, 'info', 'No host is hidden.')
      return
    }
    const items = hidden.map(({ id, target }) => ({
      label: target?.name ?? id,
      description: target === undefined ? 'not there now' : formatEndpoint(target.endpoint),
      detail: id,
      icon: 'server',
      isPicked: hidden.length === 1,
      value: id,
    }))
    const ids = await ui.pickMany(items, { title: 'Show Hidden Hosts', placeholder: 'Hosts to show again' })
    if (ids !== undefined && ids.length > 0) await settings.showHosts(ids)
  },
}
