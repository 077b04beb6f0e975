import { planLimitPorts } from '../../core/repair/network/limit-ports'
import { joinDrafts } from '../../core/repair/join-drafts'
import { enumerate } from '../../core/text/count'
import type { Command } from './command'
import { requireHost } from './shared/choose-container'
import { chooseFinding } from './shared/choose-finding'
import { firewallHost, networkHosts } from './shared/network-hosts'
import { repairNetwork } from './shared/repair-network'
import { withFirewall } from './shared/with-firewall'

/** The fix for a data path that is open to everybody: over SSH, only the other hosts' addresses are let in. */
export const limitPorts: Command = {
  id: 'swarmNetworks.limitPorts',
  async run(context, subject) {
    const chosen = await chooseFinding(context, subject, {
      fixId: 'limit-ports',
      title: 'Let Only the Other Hosts In',
      none: 'No connectivity test has found a data path that is open to everybody.',
    })
    if (chosen === undefined) return
    const { networkKey, run, fix } = chosen
    const hosts = fix.hostIds.map((id) => requireHost(context, id))
    const names = enumerate(hosts.map(({ name }) => name))
    const seen = await context.ui.progress(`Looking at the firewalls of ${names}`, (_reporter, signal) =>
      Promise.all(hosts.map((host) => withFirewall(context, host, signal))),
    )
    const { cluster, members } = networkHosts(context.fleet.fleet, networkKey)
    const peers = (cluster ?? members).map(firewallHost)
    const [first, ...others] = seen.map((host) => planLimitPorts(host, peers, run.network))
    if (first === undefined) return
    const draft = joinDrafts([first, ...others], `Let only the other hosts send to the data path of ${names}`)
    await repairNetwork(context, draft, { key: networkKey })
  },
}
