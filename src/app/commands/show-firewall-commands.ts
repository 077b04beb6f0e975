import { firewallReport } from '../../core/examine/firewall-report'
import { findHost } from '../fleet-lookup'
import type { Command, CommandContext } from './command'
import { chooseFinding, type ChosenFinding } from './shared/choose-finding'
import { firewallHost, networkHosts } from './shared/network-hosts'

/** The fix for closed ports between hosts: the commands that open them, to be read and run by a person. */
export const showFirewallCommands: Command = {
  id: 'swarmNetworks.showFirewallCommands',
  async run(context, subject) {
    const chosen = await chooseFinding(context, subject, {
      fixId: 'show-firewall-commands',
      title: 'Show Firewall Commands',
      none: 'No connectivity test has found a closed port between hosts.',
    })
    if (chosen === undefined) return
    const { run } = chosen
    const content = firewallReport(run.network, hostsOf(context, chosen))
    await context.ui.openDocument({ name: `firewall-${run.network.name}.md`, content, show: 'preview' })
  },
}

/** The hosts that the finding names, and those that they have to be open to: the rest of the cluster. */
function hostsOf(context: CommandContext, { networkKey, fix }: ChosenFinding) {
  const { fleet } = context.fleet
  const { cluster, members } = networkHosts(fleet, networkKey)
  const blocked = fix.hostIds.flatMap((id) => findHost(fleet, id) ?? [])
  return { blocked: blocked.map(firewallHost), all: (cluster ?? [...members, ...blocked]).map(firewallHost) }
}
