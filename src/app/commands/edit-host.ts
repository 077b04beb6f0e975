import type { Command } from './command'
import { draftOf } from './shared/ask-host-setting'
import { chooseHostSetting } from './shared/choose-host-setting'
import { fillHostForm } from './shared/save-host'

/** Changes a host’s entry in the settings: asks with what it holds, and tries the new way in before it saves. */
export const editHost: Command = {
  id: 'swarmNetworks.editHost',
  async run(context, subject) {
    const { settings } = context
    const setting = await chooseHostSetting(context, subject, { title: 'Edit Host' })
    if (setting === undefined) return
    const others = settings.hosts().filter(({ name }) => name !== setting.name)
    await fillHostForm(context, {
      title: 'Edit Host',
      start: draftOf(setting),
      taken: others.map(({ name }) => name),
      // What the form does not ask for stays as it is.
      save: (changed) => {
        const isDisabled = setting.isDisabled !== undefined && { isDisabled: setting.isDisabled }
        return settings.replaceHost(setting.name, { ...changed, ...isDisabled })
      },
      saved: (name) => `${name} was changed`,
    })
  },
}
