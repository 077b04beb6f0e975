import { SwarmNetworksError } from '../../core/errors'
import type { Host } from '../../core/model/host'
import { vxlanIds } from '../../core/model/vxlan-ids'
import { joinDrafts } from '../../core/repair/join-drafts'
import {
  linksInTheWay,
  listVxlanLinks,
  parseVxlanLinks,
  planRemoveStaleVxlan,
  type VxlanLink,
} from '../../core/repair/network/remove-stale-vxlan'
import { enumerate } from '../../core/text/count'
import type { Command, CommandContext } from './command'
import { requireHost } from './shared/choose-container'
import { chooseFinding } from './shared/choose-finding'
import { requireNetwork } from './shared/choose-network'
import { repairNetwork } from './shared/repair-network'

const usualPort = 4789

/** The fix for a host that cannot make a network's VXLAN interface because a stale one has the network's number. */
export const removeStaleVxlan: Command = {
  id: 'swarmNetworks.removeStaleVxlan',
  async run(context, subject) {
    const chosen = await chooseFinding(context, subject, {
      fixId: 'remove-stale-vxlan',
      title: 'Remove Stale VXLAN Interface',
      none: 'No connectivity test has found a stale VXLAN interface.',
    })
    if (chosen === undefined) return
    const { name, options } = await requireNetwork(context, chosen.networkKey)
    const wanted = { vnis: vxlanIds(options), port: chosen.run.network.dataPathPort ?? usualPort }
    const hosts = chosen.fix.hostIds.map((id) => requireHost(context, id))
    const drafts = await context.ui.progress(
      `Looking at the VXLAN interfaces of ${enumerate(hosts.map((host) => host.name))}`,
      (_reporter, signal) =>
        Promise.all(
          hosts.map(async (host) => {
            const links = linksInTheWay(await linksOf(context, host, signal), wanted)
            return links.length === 0 ? [] : [planRemoveStaleVxlan(host, links, name)]
          }),
        ),
    )
    const [first, ...others] = drafts.flat()
    if (first === undefined) throw nothingThere(name, hosts)
    const title = others.length === 0 ? `${first.title} on ${hosts[0]?.name ?? ''}` : 'Remove stale VXLAN interfaces'
    await repairNetwork(context, joinDrafts([first, ...others], title), { key: chosen.networkKey })
  },
}

async function linksOf(context: CommandContext, host: Host, signal: AbortSignal): Promise<readonly VxlanLink[]> {
  if (host.sshTarget === undefined)
    throw new SwarmNetworksError('unsupported', `No way in over SSH is known to ${host.name}`, {
      host: host.name,
      remedy: 'There, as root: ip -d link show type vxlan; then ip link delete of the one with the network’s number.',
    })
  const shell = await context.shells.openShell(host.sshTarget, signal)
  try {
    const root = await context.root.open(shell, signal)
    return parseVxlanLinks((await root.run(listVxlanLinks, signal)).stdout)
  } finally {
    shell.dispose()
  }
}

function nothingThere(network: string, hosts: readonly Host[]): SwarmNetworksError {
  const names = enumerate(hosts.map(({ name }) => name))
  return new SwarmNetworksError('not-found', `No interface on ${names} has the number of ${network} now`, {
    remedy: `One that Docker forgot in a namespace of its own goes with a restart of Docker on ${names}.`,
  })
}
