import type { NodeSubject } from '../tree/tree-node'
import { openLogSession } from '../log-session'
import type { Command, CommandContext } from './command'
import { atHost } from './shared/at-host'
import { chooseContainer, nameOf, type ChosenContainer } from './shared/choose-container'
import { chooseFixTarget } from './shared/choose-fix-target'

/** A container’s log as it grows, in a terminal that takes no input. */
export const showLogs: Command = {
  id: 'swarmNetworks.showLogs',
  async run(context, subject) {
    const chosen = await choose(context, subject)
    if (chosen === undefined) return
    const { host, container } = chosen
    const { logTail } = context.settings
    const options = { follow: true, tail: logTail, timestamps: false }
    context.ui.openTerminal({
      title: `${container.name} @ ${host.name} (log)`,
      icon: 'output',
      banner: [`The last ${logTail} lines of the log of ${nameOf(chosen)}, and what comes.`],
      open: (_size, signal) =>
        // Asked for at each opening: the terminal may be opened again after the host was lost and found.
        atHost(host, () => {
          const { containers } = context.fleet.client(host.id)
          return openLogSession({ containers, containerId: container.id, options }, signal)
        }),
    })
  },
}

function choose(context: CommandContext, subject: NodeSubject | undefined): Promise<ChosenContainer | undefined> {
  if (subject?.kind === 'finding') return chooseFixTarget(context, subject, 'show-logs')
  return chooseContainer(context, subject, {
    title: 'Show Logs',
    none: 'There is no container on any host that can be reached.',
  })
}
