import type { HostFacts } from '../host-facts'
import { directive } from '../second-questions'
import type { FactRule } from './fact-rule'
import { blockingRule, type WantedPort } from './firewall-rules'

/** The host's own firewall drops what the engine needs from the other hosts. */
export const firewallBlocks: FactRule<'firewall-blocks'> = {
  cause: 'firewall-blocks',
  find: ({ facts }) => {
    const blocked = wantedPorts(facts).flatMap((port) => {
      const rule = blockingRule(facts.firewall.rules, port)
      return rule === undefined ? [] : [{ port, rule }]
    })
    if (blocked.length === 0) return []
    const ports = blocked.map(({ port }) => port)
    const rules = [...new Set(blocked.map(({ rule }) => rule))]
    return [
      {
        cause: 'firewall-blocks',
        title: `The host’s firewall drops ${ports.map(({ protocol, port }) => `${port}/${protocol}`).join(', ')}`,
        severity: 'error',
        evidence: rules.map((rule) => `iptables has the rule “${rule}”.`),
        remedy: `Open ${ports.length === 1 ? 'the port' : 'these ports'} for the addresses of the other hosts, in ${managers[facts.firewall.inCharge]}; 4789/udp must not be open to the world.`,
        details: { ports, rules },
      },
    ]
  },
}

const managers: Readonly<Record<HostFacts['firewall']['inCharge'], string>> = {
  firewalld: 'firewalld, which is in charge there',
  ufw: 'ufw, which is in charge there',
  nftables: 'nftables’ own files, which are in charge there',
  iptables: 'iptables',
  none: 'iptables',
  unknown: 'the firewall in charge',
}

/** What an engine in a swarm listens on, and what one with a key-value store does, where it is one. */
function wantedPorts(facts: HostFacts): readonly WantedPort[] {
  const listens = (port: number) => facts.listening.some((socket) => socket.port === port)
  const isClustered = listens(7946) || directive(facts, 'cluster-store') !== undefined
  const api = facts.commandLine.flags.flatMap(({ name, value }): readonly WantedPort[] => {
    const port = name === 'host' ? /^tcp:\/\/(?!127\.|localhost).*:(\d+)$/.exec(value)?.[1] : undefined
    return port === undefined ? [] : [{ protocol: 'tcp', port: Number(port) }]
  })
  return [...(listens(2377) ? [{ protocol: 'tcp', port: 2377 } as const] : []), ...(isClustered ? overlay : []), ...api]
}

const overlay: readonly WantedPort[] = [
  { protocol: 'tcp', port: 7946 },
  { protocol: 'udp', port: 7946 },
  { protocol: 'udp', port: 4789 },
]
