import { SwarmNetworksError } from '../../core/errors'
import { parseListeningPorts, type ListeningPort } from '../../core/examine/listening-ports'
import { listeningReport } from '../../core/examine/listening-report'
import type { NodeSubject } from '../tree/tree-node'
import type { Command, CommandContext } from './command'
import { atHost } from './shared/at-host'
import { chooseContainer, nameOf, refuseUnlessRunning, type ChosenContainer } from './shared/choose-container'
import { chooseFixTarget } from './shared/choose-fix-target'

/** What listens in a container, as its kernel lists it: the fix for a port that is closed. Changes nothing. */
export const examinePorts: Command = {
  id: 'swarmNetworks.examinePorts',
  async run(context, subject) {
    const chosen = await choose(context, subject)
    if (chosen === undefined) return
    const { container, host } = chosen
    const listening = await context.ui.progress(`Looking at what listens in ${nameOf(chosen)}`, (_reporter, signal) =>
      atHost(host, () => read(chosen, signal)),
    )
    const content = listeningReport(container, host.name, listening)
    await context.ui.openDocument({ name: `ports-${container.name}@${host.name}.md`, content, show: 'preview' })
  },
}

function choose(context: CommandContext, subject: NodeSubject | undefined): Promise<ChosenContainer | undefined> {
  if (subject?.kind === 'finding') return chooseFixTarget(context, subject, 'examine-ports')
  return chooseContainer(context, subject, {
    title: 'Show Listening Ports',
    none: 'There is no running container on any host that can be reached.',
    refuse: refuseUnlessRunning,
  })
}

/** One of the two files may be missing, where IPv6 is switched off: what the other says counts all the same. */
async function read(chosen: ChosenContainer, signal: AbortSignal): Promise<readonly ListeningPort[]> {
  const command = ['cat', '/proc/net/tcp', '/proc/net/tcp6']
  const { client, container } = chosen
  const { stdout, exitCode } = await client.containers.exec(container.id, { command, deadlineMs: 10_000 }, signal)
  if (stdout.includes('local_address')) return parseListeningPorts(stdout)
  throw new SwarmNetworksError(
    'unsupported',
    `What listens in ${nameOf(chosen)} cannot be read (cat ended with ${exitCode})`,
    {
      remedy: 'The image has no tools of its own; its log may say what the service listens on.',
    },
  )
}
