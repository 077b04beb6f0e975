import { SwarmNetworksError } from '../../errors'
import { firewallRules, type FirewallHost, type FirewallTool } from '../../diagnosis/firewall-commands'
import { overlayPorts, type OverlayPortOptions } from '../../diagnosis/overlay-ports'
import type { FirewallFacts } from '../../examine/host/host-facts'
import { shellQuote } from '../../text/shell-quote'
import { enumerate } from '../../text/count'
import type { HostAction, RepairDraft, RepairStep } from '../plan'
import { rootCommand } from '../host-command'

/** A host whose firewall is opened, and those that it is opened to. */
export interface OpenedHost extends FirewallHost {
  readonly id: string
  readonly firewall: Pick<FirewallFacts, 'inCharge'>
}

/** The front end of what is in charge. */
export const firewallToolOf: Readonly<Record<FirewallFacts['inCharge'], FirewallTool>> = {
  ufw: 'ufw',
  firewalld: 'firewalld',
  nftables: 'nft',
  iptables: 'iptables',
  none: 'iptables',
  unknown: 'iptables',
}

/** Front ends that keep their rules over a restart. */
const lasting: readonly FirewallTool[] = ['ufw', 'firewalld']

/**
 * Opens what overlay networks need at a host, through whichever firewall is in charge there, to its peers' addresses and to
 * nobody else.
 *
 * @throws `unsupported` where no peer's address is known
 */
export function planOpenPorts(
  host: OpenedHost,
  peers: readonly FirewallHost[],
  options: OverlayPortOptions,
): RepairDraft {
  const tool = firewallToolOf[host.firewall.inCharge]
  const others = peers.filter(({ name }) => name !== host.name)
  const steps = others.flatMap((peer) => openStep(host, { peer, tool, options }) ?? [])
  if (steps.length === 0)
    throw new SwarmNetworksError('unsupported', 'No address of another host is known', {
      host: host.name,
      remedy: 'Connect the other hosts first: the ports are opened to their addresses and to nobody else.',
    })
  const ports = overlayPorts(options)
    .filter(({ managersOnly }) => !managersOnly || host.isManager)
    .map(({ protocol, port }) => (port === undefined ? protocol.toUpperCase() : `${port}/${protocol}`))
  return {
    id: 'open-ports',
    title: `Open ${enumerate(ports)} on ${host.name} to ${enumerate(others.map(({ name }) => name))}`,
    hostIds: [host.id],
    consequences: [
      ...(host.firewall.inCharge === 'unknown'
        ? ['Which firewall is in charge there could not be seen: iptables is used.']
        : []),
      ...(lasting.includes(tool)
        ? []
        : ['The rules last until the host’s next start: keep them as its distribution does.']),
      'Firewalls outside of the host, as security groups, are not touched.',
    ],
    risk: 'low',
    steps,
  }
}

function openStep(
  host: OpenedHost,
  {
    peer,
    tool,
    options,
  }: { readonly peer: FirewallHost; readonly tool: FirewallTool; readonly options: OverlayPortOptions },
): RepairStep | undefined {
  const rules = firewallRules({ host, peers: [peer], options }, tool)
  if (rules.length === 0) return undefined
  return {
    // The id is kebab-case, and no record could be read otherwise: addresses have dots or colons.
    id: `open-to-${peer.address.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`,
    title: `Let ${peer.name} (${peer.address}) in, with ${tool}`,
    hostId: host.id,
    hostName: host.name,
    action: script(rules.flatMap(({ add }) => add)),
    undo: script(rules.toReversed().flatMap(({ remove }) => remove)),
  }
}

/** Several commands in one, which ends with the first that fails. */
export function script(commands: readonly (readonly string[])[]): HostAction {
  return rootCommand(['sh', '-ec', commands.map(shellQuote).join('\n')], 30_000)
}
