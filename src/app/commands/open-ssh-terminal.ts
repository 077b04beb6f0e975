import { SwarmNetworksError } from '../../core/errors'
import type { Host } from '../../core/model/host'
import type { Target } from '../../core/model/target'
import { formatEndpoint } from '../../core/targets/format-endpoint'
import { sshWay } from '../../core/targets/ssh-way'
import { findHost } from '../fleet-lookup'
import type { Command, CommandContext } from './command'
import { atHost } from './shared/at-host'
import { chooseHost } from './shared/choose-host'

/** A terminal on a host itself, over its way in by SSH; whether its engine answers does not matter. */
export const openSshTerminal: Command = {
  id: 'swarmNetworks.openSshTerminal',
  async run(context, subject) {
    const host = await chooseHost(context, subject, {
      options: { title: 'Open SSH Terminal', placeholder: 'Host with a way in over SSH' },
      candidates: context.fleet.fleet.hosts.filter(({ sshTarget }) => sshTarget !== undefined),
      none: 'No host has a way in over SSH. Add one with an ssh:// URL: both ways then lead to one host.',
    })
    if (host === undefined) return
    const way = sshWay(requireSsh(host))
    context.ui.openTerminal({
      title: `SSH: ${host.name}`,
      icon: 'terminal-linux',
      isOnHost: true,
      banner: [
        `A login shell on ${host.name}${way === undefined ? '' : `, by ${formatEndpoint(way)}`}. Closing it hangs up what runs in it.`,
      ],
      // Looked up at each opening: the terminal may be opened again after the host's way in was changed.
      open: (size, signal) =>
        atHost(host, () => context.shells.openTerminal(requireSsh(newest(context, host)), size, signal)),
    })
  },
}

function newest({ fleet }: CommandContext, host: Host): Host {
  return findHost(fleet.fleet, host.id) ?? host
}

function requireSsh({ name, sshTarget }: Host): Target {
  if (sshTarget !== undefined) return sshTarget
  throw new SwarmNetworksError('unsupported', `No way in over SSH is known to ${name}`, {
    host: name,
    remedy: 'Add the host with an ssh:// URL; both ways then lead to one host.',
  })
}
