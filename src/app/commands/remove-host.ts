import { SwarmNetworksError } from '../../core/errors'
import type { HostSetting } from '../../core/model/host-setting'
import type { NodeSubject } from '../tree/tree-node'
import type { Command, CommandContext } from './command'
import { requireHost } from './shared/choose-container'
import { notify } from './shared/notify'

/** Takes a host’s entry out of the settings; nothing happens on the host. */
export const removeHost: Command = {
  id: 'swarmNetworks.removeHost',
  async run(context, subject) {
    const setting = subject?.kind === 'host' ? settingOf(context, subject) : await ask(context)
    if (setting === undefined) return
    const isConfirmed = await context.ui.confirm({
      message: `Remove ${setting.name} from the settings?`,
      detail: `The entry ${setting.name} (${setting.url}) is taken out of swarmNetworks.hosts. Nothing happens on the host.`,
      action: 'Remove',
    })
    if (isConfirmed) await context.settings.removeHost(setting.name)
  },
}

/** The entry that the clicked host came from. */
function settingOf(context: CommandContext, subject: Extract<NodeSubject, { readonly kind: 'host' }>): HostSetting {
  const host = requireHost(context, subject.hostId)
  const setting = context.settings
    .hosts()
    .find(({ name }) => host.target?.source === 'settings' && name === host.target.name)
  if (setting !== undefined) return setting
  throw new SwarmNetworksError('not-found', `${host.name} is not from the settings`, {
    remedy: `It is known from ${host.target === undefined ? 'a swarm’s manager' : sources[host.target.source]}.`,
  })
}

const sources = {
  settings: 'the settings',
  context: 'a Docker context',
  environment: 'DOCKER_HOST',
  'docker-machine': 'docker-machine’s store',
  local: 'this machine’s socket',
  'command-line': 'the command line',
} as const

async function ask(context: CommandContext): Promise<HostSetting | undefined> {
  const hosts = context.settings.hosts()
  if (hosts.length === 0) {
    notify(context, 'info', 'There is no host in the setting swarmNetworks.hosts.')
    return undefined
  }
  const items = hosts.map((host) => ({ label: host.name, description: host.url, icon: 'server', value: host }))
  return context.ui.pick(items, { title: 'Remove Host from Settings', placeholder: 'Host' })
}
