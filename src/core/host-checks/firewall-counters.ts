import { closingRule, type ClosedPort, type RuleEffect } from './closed-ports'
import type { PortsByProtocol } from './ports-by-protocol'

/** What a host's own packet filter says of the overlay's ports. */
export interface FirewallReading {
  /** Rules that drop or reject one of the ports, and how many packets they did. */
  readonly drops: readonly FirewallDrop[]
  /** The data path's port is accepted from anywhere, by policy or by rule. */
  readonly isDataPathOpen: boolean
  /** UDP ports of the overlay at which nobody gets in but those that are let in by their address. */
  readonly closed?: readonly ClosedPort[]
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
  const limiting = input.filter(({ rule }) => /-j (DROP|REJECT)\b/.test(rule) && !isOfEncryption(rule))
  const isUnlimited = policies.get('INPUT') === 'ACCEPT' && limiting.length === 0
  const own = rules.filter(({ chain }) => chain === 'INPUT').map(({ rule }) => rule)
  const policy = policies.get('INPUT') === 'DROP' ? '-P INPUT DROP' : undefined
  const closed = ports.udp.flatMap((port) => {
    const rule = closingRule(own, (one) => effectAt(one, port), policy)
    return rule === undefined ? [] : [{ port, rule: rule === policy ? rule : `-A INPUT ${rule}` }]
  })
  return { drops, isDataPathOpen: isUnlimited, ...(closed.length > 0 && { closed }) }
}

/** What a rule of iptables does with UDP to a port. */
function effectAt(rule: string, port: number): RuleEffect {
  const protocol = /-p (\S+)/.exec(rule)?.[1]
  if (protocol !== undefined && !['udp', '17', 'all'].includes(protocol)) return 'nothing'
  const list = /--dports? (\S+)/.exec(rule)?.[1]
  if (list !== undefined && !rule.includes('!') && !isListed(list, port)) return 'nothing'
  if (/-j (DROP|REJECT)\b/.test(rule)) return isUnconditional(rule) ? 'keeps-out' : 'nothing'
  if (rule.includes('!') || !/-j (ACCEPT|LOG)\b/.test(rule)) return 'unknown'
  const isOfSome = /-s (?!0\.0\.0\.0\/0)\S+/.test(rule) || /-i lo\b/.test(rule)
  const isAnswer = /--(ctstate|state) (RELATED,ESTABLISHED|ESTABLISHED,RELATED|ESTABLISHED|RELATED)( |$)/.test(rule)
  return isOfSome || isAnswer || /-j LOG\b/.test(rule) ? 'nothing' : 'unknown'
}

/** Nothing but a protocol, its ports, a comment and the target. */
function isUnconditional(rule: string): boolean {
  const rest = rule
    .replace(/-m (udp|multiport|comment)( |$)/g, '')
    .replace(/--comment ("[^"]*"|\S+) ?/, '')
    .replace(/--(dports?|reject-with) \S+ ?/g, '')
    .replace(/-p \S+ ?/, '')
  return /^-j \S+\s*$/.test(rest)
}

function isListed(list: string, port: number): boolean {
  return list.split(',').some((part) => {
    const [low = 0, high = low] = part.split(':').map(Number)
    return low <= port && port <= high
  })
}

/** The engine's own rule for an encrypted network, whoever sends: that network's packets without ESP are dropped. */
function isOfEncryption(rule: string): boolean {
  return / -m (u32|bpf) /.test(` ${rule}`)
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
  return ports[protocol].filter((port) => isListed(list, port)).map((port) => ({ protocol, port }))
}
