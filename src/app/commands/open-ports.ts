import { joinDrafts } from '../../core/repair/join-drafts'
import { planOpenPorts } from '../../core/repair/network/open-ports'
import { enumerate } from '../../core/text/count'
import type { Command } from './command'
import { chooseFinding } from './shared/choose-finding'
import { requireHost } from './shared/choose-container'
import { firewallHost, networkHosts } from './shared/network-hosts'
import { withFirewall } from './shared/with-firewall'
import { repairNetwork } from './shared/repair-network'

/**
 * The fix for closed ports between hosts: opens them over SSH through whichever firewall is in charge on each host that the
 * finding names, to the other hosts' addresses and to nobody else.
 */
export const openPorts: Command = {
  id: 'swarmNetworks.openPorts',
  async run(context, subject) {
    const chosen = await chooseFinding(context, subject, {
      fixId: 'open-ports',
      title: 'Open Ports',
      none: 'No connectivity test has found a closed port between hosts.',
    })
    if (chosen === undefined) return
    const { networkKey, run, fix } = chosen
    const hosts = fix.hostIds.map((id) => requireHost(context, id))
    const opened = await context.ui.progress(
      `Looking at the firewalls of ${enumerate(hosts.map(({ name }) => name))}`,
      (_reporter, signal) => Promise.all(hosts.map((host) => withFirewall(context, host, signal))),
    )
    const { cluster, members } = networkHosts(context.fleet.fleet, networkKey)
    const peers = (cluster ?? members).map(firewallHost)
    const [first, ...others] = opened.map((host) => planOpenPorts(host, peers, run.network))
    if (first === undefined) return
    const title = `Open the ports of overlay networks on ${enumerate(hosts.map(({ name }) => name))}`
    await repairNetwork(context, joinDrafts([first, ...others], title), { key: networkKey })
  },
}
