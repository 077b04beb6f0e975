import type { ContainerDetails } from '../../core/ports/engine'
import type { Command, CommandContext } from './command'
import { atHost } from './shared/at-host'
import { chooseContainer, nameOf, type ChosenContainer } from './shared/choose-container'
import { formatDetachKeys } from './shared/detach-keys'

/** A terminal on a container’s main process; offers to start a container that does not run. */
export const attach: Command = {
  id: 'swarmNetworks.attach',
  async run(context, subject) {
    const { ui, settings } = context
    const chosen = await chooseContainer(context, subject, {
      title: 'Attach',
      none: 'There is no container to attach to on any host that can be reached.',
      refuse: ({ host, container }) =>
        ['running', 'created', 'exited'].includes(container.state)
          ? undefined
          : `Nobody can attach to ${nameOf({ host, container })}: it is ${container.state}`,
    })
    if (chosen === undefined) return
    const { host, container, client } = chosen
    const { fleet } = context
    const details = await ui.progress(`Attaching to ${nameOf(chosen)}`, (_reporter, signal) =>
      atHost(host, () => client.containers.inspect(container.id, signal)),
    )
    if (!details.isRunning && !(await startFirst(context, chosen))) return
    const { detachKeys } = settings
    ui.openTerminal({
      title: `${container.name} @ ${host.name}`,
      icon: 'debug-disconnect',
      banner: banner(chosen, details, formatDetachKeys(detachKeys)),
      // Asked for at each opening: the terminal may be opened again after the host was lost and found.
      open: (size, signal) =>
        atHost(host, () => fleet.client(host.id).containers.attach(container.id, { size, detachKeys }, signal)),
    })
  },
}

/** Asks to start a container that does not run; false when the user does not want to. */
async function startFirst({ ui, log }: CommandContext, chosen: ChosenContainer): Promise<boolean> {
  const { host, container, client } = chosen
  const action = 'Start and Attach'
  if ((await ui.warn(`The container ${nameOf(chosen)} does not run.`, [action])) !== action) return false
  await ui.progress(`Starting ${nameOf(chosen)}`, (_reporter, signal) =>
    atHost(host, () => client.containers.start(container.id, signal)),
  )
  log.info(`${host.name}: started container ${container.name} (${container.id})`)
  return true
}

/** What somebody has to know before the first key is pressed. */
function banner(chosen: ChosenContainer, details: ContainerDetails, keys: string): readonly string[] {
  const where = `Attached to the main process of ${nameOf(chosen)}, image ${chosen.container.image}.`
  if (!details.isStdinOpen)
    return [
      where,
      'It was made without standard input: its output is shown, nothing can be typed. Closing the tab leaves it running.',
    ]
  if (!details.hasTty)
    return [where, 'It has no terminal: what you type is sent line by line. Closing the tab leaves it running.']
  return [
    where,
    '`exit` and Ctrl+D end this process, and with it the container.',
    `To leave it running, detach with ${keys}, or close the tab.`,
  ]
}
