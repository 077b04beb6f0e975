import { SwarmNetworksError } from '../../../core/errors'
import { targetsOf } from '../../../core/fleet/targets-of'
import type { HostSetting } from '../../../core/model/host-setting'
import type { NodeSubject } from '../../tree/tree-node'
import type { CommandContext } from '../command'
import { requireHost } from './choose-container'
import { notify } from './notify'

/** Which entries of the settings come into question, and what is said where there is none. */
export interface SettingQuestion {
  readonly title: string
  /** All where absent. */
  readonly isWanted?: (setting: HostSetting) => boolean
  readonly none?: string
}

/**
 * The entry of `swarmNetworks.hosts` that the clicked host came from, or the one that the user picks; undefined when the
 * user leaves or there is none.
 *
 * @throws `not-found` for a host that is known from elsewhere, with where that is
 */
export async function chooseHostSetting(
  context: CommandContext,
  subject: NodeSubject | undefined,
  { title, isWanted = () => true, none }: SettingQuestion,
): Promise<HostSetting | undefined> {
  if (subject?.kind === 'host') return settingOf(context, subject.hostId)
  const hosts = context.settings.hosts().filter(isWanted)
  if (hosts.length === 0) {
    notify(context, 'info', none ?? 'There is no host in the setting swarmNetworks.hosts.')
    return undefined
  }
  const items = hosts.map((host) => ({ label: host.name, description: host.url, icon: 'server', value: host }))
  return context.ui.pick(items, { title, placeholder: 'Host' })
}

function settingOf(context: CommandContext, hostId: string): HostSetting {
  const host = requireHost(context, hostId)
  const names = targetsOf(host).flatMap(({ source, name }) => (source === 'settings' ? [name] : []))
  const setting = context.settings.hosts().find(({ name }) => names.includes(name))
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
