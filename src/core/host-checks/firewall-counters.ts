import type { PortsByProtocol } from './ports-by-protocol'

/** What a host's own packet filter says of the overlay's ports. */
export interface FirewallReading {
  /** Rules that drop or reject one of the ports, and how many packets they did. */
  readonly drops: readonly FirewallDrop[]
  /** The data path's port is accepted from anywhere, by policy or by rule. */
  readonly isDataPathOpen: boolean
  /** What could not be looked at, as parts of a sentence; absent where all was. */
  readonly unseen?: readonly string[]
}

export interface FirewallDrop {
  readonly protocol: 'tcp' | 'udp' | 'esp'
  /** Absent where the rule names none. */
  readonly port?: number
  /** Packets since the rule was made or reset; absent where the rule does not count. */
  readonly packets?: number
  /** As iptables or nft lists it. */
  readonly rule: string
  readonly direction: 'in' | 'out'
}

const direction = { INPUT: 'in', OUTPUT: 'out' } as const

/**
 * Reads `iptables-save -c -t filter`: the built-in chains and those that they jump to. A rule without a port or protocol
 * of ours is left out, because whether it concerns the overlay cannot be told from the rule alone.
 *
 * @param ports the overlay's ports by protocol
 */
export function parseFirewall(text: string, ports: PortsByProtocol): FirewallReading {
  const rules = [...text.matchAll(/^\[(\d+):\d+\] -A (\S+) (.*)$/gm)].map(([, packets, chain = '', rule = '']) => ({
    packets: Number(packets),
    chain,
    rule,
  }))
  const policies = new Map(
    [...text.matchAll(/^:(\S+) (\S+) \[/gm)].map(([, chain = '', policy = '']) => [chain, policy]),
  )
  const drops = (['INPUT', 'OUTPUT'] as const).flatMap((base) => {
    const chains = reachable(base, rules)
    return rules
      .filter(({ chain, rule }) => chains.has(chain) && /-j (DROP|REJECT)\b/.test(rule))
      .flatMap(({ packets, chain, rule }) =>
        matched(rule, ports).map((match) => ({
          ...match,
          packets,
          rule: `-A ${chain} ${rule}`,
          direction: direction[base],
        })),
      )
  })
  const input = rules.filter(({ chain }) => reachable('INPUT', rules).has(chain))
  const isUnlimited = policies.get('INPUT') === 'ACCEPT' && !input.some(({ rule }) => /-j (DROP|REJECT)\b/.test(rule))
  return { drops, isDataPathOpen: isUnlimited }
}

/** The chains that packets of a built-in chain may go through. */
function reachable(base: string, rules: readonly { readonly chain: string; readonly rule: string }[]): Set<string> {
  const found = new Set([base])
  for (let size = 0; size !== found.size;) {
    size = found.size
    for (const { chain, rule } of rules) {
      const target = /-[jg] (\S+)/.exec(rule)?.[1]
      if (found.has(chain) && target !== undefined) found.add(target)
    }
  }
  return found
}

function matched(rule: string, ports: PortsByProtocol): readonly Pick<FirewallDrop, 'protocol' | 'port'>[] {
  const protocol = /-p (tcp|udp|esp|50)\b/.exec(rule)?.[1]
  if (protocol === 'esp' || protocol === '50') return [{ protocol: 'esp' }]
  if (protocol !== 'tcp' && protocol !== 'udp') return []
  const list = /--dports? (\S+)/.exec(rule)?.[1]
  if (list === undefined) return []
  const ranges = list.split(',').map((part) => part.split(':').map(Number))
  return ports[protocol]
    .filter((port) => ranges.some(([low = 0, high = low]) => low <= port && port <= high))
    .map((port) => ({ protocol, port }))
}
