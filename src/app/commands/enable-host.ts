import type { HostSetting } from '../../core/model/host-setting'
import type { Command } from './command'
import { chooseHostSetting } from './shared/choose-host-setting'

/** Connects again to a host of the settings that was disabled. */
export const enableHost: Command = {
  id: 'swarmNetworks.enableHost',
  async run(context, subject) {
    const setting = await chooseHostSetting(context, subject, {
      title: 'Enable Host',
      isWanted: ({ isDisabled }) => isDisabled === true,
      none: 'There is no disabled host in the setting swarmNetworks.hosts.',
    })
    if (setting !== undefined) await context.settings.replaceHost(setting.name, enabled(setting))
  },
}

/** Without the option: enabled is what an entry is that says nothing of it. */
function enabled({ isDisabled: _, ...setting }: HostSetting): HostSetting {
  return setting
}
