import { isAddress } from '../forms/cidr'
import type { TestedNetwork } from '../connectivity/types'
import { firewallCommands, type FirewallHost } from '../diagnosis/firewall-commands'
import { overlayPorts } from '../diagnosis/overlay-ports'
import { cloudRules } from '../repair/network/security-groups'
import { escapeMarkdown } from '../text/markdown'

/** The hosts that a finding names, and all those that have to reach one another. */
export interface FirewallHosts {
  /** Where something drops the packets. */
  readonly blocked: readonly FirewallHost[]
  /** Every host of the swarm, or of the key-value store. */
  readonly all: readonly FirewallHost[]
}

/**
 * What has to be opened at each host that drops packets, for whichever firewall is in charge there, as a Markdown
 * document. Nothing is run: a person reads it first.
 */
export function firewallReport(
  network: Pick<TestedNetwork, 'name' | 'scope' | 'isEncrypted' | 'dataPathPort'>,
  { blocked, all }: FirewallHosts,
): string {
  const needs = overlayPorts(network).map(
    ({ protocol, port, purpose, managersOnly }) =>
      `- ${port === undefined ? protocol.toUpperCase() : `${port}/${protocol}`}: ${purpose}${managersOnly ? ', at managers only' : ''}`,
  )
  const hosts = blocked.flatMap((host) => hostSection(host, { network, all }))
  return [
    `# Firewall commands for ${escapeMarkdown(network.name)}`,
    network.scope === 'global'
      ? 'Engines that share a key-value store need these ports of each other, and the store’s own port towards the store:'
      : 'The hosts of a swarm need these ports of each other:',
    needs.join('\n'),
    'Run the commands for the firewall that is in charge, as root on the host that is named. Where the hosts are virtual machines, their provider’s or hypervisor’s firewall needs the same. A swarm that was made with another data path port needs that one instead of 4789/udp.',
    ...(hosts.length === 0
      ? ['None of the hosts that the finding names is part of the fleet any more: test again.']
      : hosts),
    ...cloudSection(all, network),
    '',
  ].join('\n\n')
}

/** The clouds' own firewalls stand before the hosts': their rules are for all hosts together. */
function cloudSection(
  all: readonly FirewallHost[],
  network: Pick<TestedNetwork, 'scope' | 'isEncrypted'>,
): readonly string[] {
  if (all.filter(({ address }) => isAddress(address)).length < 2) return []
  return [
    '## In the cloud',
    'Where the hosts are virtual machines of a cloud, its firewall needs the same, limited to the hosts’ addresses as they reach each other.',
    ...cloudRules(all, network).flatMap(({ cloud, note, commands }) => [
      `### ${cloud}`,
      escapeMarkdown(note),
      `\`\`\`sh\n${commands.join('\n')}\n\`\`\``,
    ]),
  ]
}

function hostSection(
  host: FirewallHost,
  {
    network,
    all,
  }: {
    readonly network: Pick<TestedNetwork, 'scope' | 'isEncrypted' | 'dataPathPort'>
    readonly all: readonly FirewallHost[]
  },
): readonly string[] {
  const others = all.filter(({ name }) => name !== host.name)
  const peers = others.filter(({ address }) => isAddress(address))
  const unknown = others.filter(({ address }) => !isAddress(address)).map(({ name }) => escapeMarkdown(name))
  const tools = firewallCommands(host, peers, network).flatMap(({ tool, note, commands }) => [
    `### ${tool}`,
    escapeMarkdown(note),
    `\`\`\`sh\n${commands.join('\n')}\n\`\`\``,
  ])
  return [
    `## At ${escapeMarkdown(host.name)}`,
    ...(unknown.length === 0
      ? []
      : [`Without an address that is known, and therefore missing below: ${unknown.join(', ')}.`]),
    ...(peers.length === 0 ? ['No address of another host is known.'] : tools),
  ]
}
