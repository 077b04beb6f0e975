import type { Command } from './command'
import { atHost } from './shared/at-host'
import { chooseContainer, nameOf, refuseUnlessRunning } from './shared/choose-container'
import { findShell } from './shared/find-shell'
import { formatDetachKeys } from './shared/detach-keys'

/** A terminal on a new shell in a container: the first of the settings’ shells that its image has. */
export const openShell: Command = {
  id: 'swarmNetworks.openShell',
  async run(context, subject) {
    const { ui, settings } = context
    const chosen = await chooseContainer(context, subject, {
      title: 'Open Shell',
      none: 'There is no running container on any host that can be reached.',
      refuse: refuseUnlessRunning,
    })
    if (chosen === undefined) return
    const { host, container } = chosen
    const { fleet } = context
    const command = await ui.progress(`Looking for a shell in ${nameOf(chosen)}`, (_reporter, signal) =>
      atHost(host, () => findShell(chosen, settings.shells, signal)),
    )
    const { detachKeys } = settings
    ui.openTerminal({
      title: `${container.name} @ ${host.name}`,
      icon: 'terminal',
      banner: [
        `A new ${command.join(' ')} in ${nameOf(chosen)}. Leaving it does not end the container.`,
        `Detach with ${formatDetachKeys(detachKeys)}.`,
      ],
      open: (size, signal) =>
        // Asked for at each opening: the terminal may be opened again after the host was lost and found.
        atHost(host, () => fleet.client(host.id).containers.shell(container.id, { size, detachKeys, command }, signal)),
    })
  },
}
