import type { Command } from './command'
import { chooseHostSetting } from './shared/choose-host-setting'

/** Takes a host’s entry out of the settings; nothing happens on the host. */
export const removeHost: Command = {
  id: 'swarmNetworks.removeHost',
  async run(context, subject) {
    const setting = await chooseHostSetting(context, subject, { title: 'Remove Host from Settings' })
    if (setting === undefined) return
    const isConfirmed = await context.ui.confirm({
      message: `Remove ${setting.name} from the settings?`,
      detail: `The entry ${setting.name} (${setting.url}) is taken out of swarmNetworks.hosts. Nothing happens on the host.`,
      action: 'Remove',
    })
    if (isConfirmed) await context.settings.removeHost(setting.name)
  },
}
