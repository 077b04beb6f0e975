import type { Command } from './command'
import { chooseHostSetting } from './shared/choose-host-setting'
import { notify } from './shared/notify'

/** Keeps a host of the settings in the view without connecting to it; terminals that are open on it end. */
export const disableHost: Command = {
  id: 'swarmNetworks.disableHost',
  async run(context, subject) {
    const setting = await chooseHostSetting(context, subject, {
      title: 'Disable Host',
      isWanted: ({ isDisabled }) => isDisabled !== true,
      none: 'There is no enabled host in the setting swarmNetworks.hosts.',
    })
    if (setting === undefined) return
    await context.settings.replaceHost(setting.name, { ...setting, isDisabled: true })
    notify(context, 'info', `${setting.name} is disabled: it stays in the view, and nothing is sent to it.`)
  },
}
