import { SwarmNetworksError } from '../../core/errors'
import type { Host } from '../../core/model/host'
import { joinDrafts } from '../../core/repair/join-drafts'
import { planDisableChecksumOffload } from '../../core/repair/network/disable-checksum-offload'
import { enumerate } from '../../core/text/count'
import type { Command, CommandContext } from './command'
import { chooseFinding } from './shared/choose-finding'
import { requireHost } from './shared/choose-container'
import { repairNetwork } from './shared/repair-network'

const deadlineMs = 10_000

/** The fix for network cards that get the checksums of packets in VXLAN wrong. */
export const disableChecksumOffload: Command = {
  id: 'swarmNetworks.disableChecksumOffload',
  async run(context, subject) {
    const chosen = await chooseFinding(context, subject, {
      fixId: 'disable-checksum-offload',
      title: 'Turn Off Checksum Offload',
      none: 'No connectivity test has found that a network card gets checksums wrong.',
    })
    if (chosen === undefined) return
    const hosts = chosen.fix.hostIds.map((id) => requireHost(context, id))
    const names = enumerate(hosts.map(({ name }) => name))
    const drafts = await context.ui.progress(`Looking at the network cards of ${names}`, (_reporter, signal) =>
      Promise.all(hosts.map(async (host) => planDisableChecksumOffload(host, await deviceOf(context, host, signal)))),
    )
    const [first, ...others] = drafts
    if (first === undefined) return
    const title = `Turn off checksum offload on ${names}`
    await repairNetwork(context, joinDrafts([first, ...others], title), { key: chosen.networkKey })
  },
}

/** The card by which a host reaches the others: the one that has the address which it tells them. */
async function deviceOf(context: CommandContext, host: Host, signal: AbortSignal): Promise<string> {
  if (host.sshTarget === undefined)
    throw new SwarmNetworksError('unsupported', `No way in over SSH is known to ${host.name}`, { host: host.name })
  const shell = await context.shells.openShell(host.sshTarget, signal)
  try {
    const command = ['ip', '-o', 'addr', 'show', 'to', host.address]
    const { stdout } = await shell.run({ command, deadlineMs }, signal)
    // `2: eth0    inet 198.18.7.11/24 …` (ip-address(8), -oneline); a peer device is named behind an @.
    const device = /^\d+:\s+([^\s@]+)/.exec(stdout)?.[1]
    if (device !== undefined) return device
    throw new SwarmNetworksError('unsupported', `No network card of ${host.name} has the address ${host.address}`, {
      host: host.name,
      remedy: 'Find the card by which it reaches the other hosts, and turn the offload off by hand.',
    })
  } finally {
    shell.dispose()
  }
}
