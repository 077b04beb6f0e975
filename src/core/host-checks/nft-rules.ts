import { closingRule, type ClosedPort, type RuleEffect } from './closed-ports'
import type { FirewallDrop } from './firewall-counters'
import type { PortsByProtocol } from './ports-by-protocol'

/** What nftables' own tables do with the overlay's ports. */
export interface NftReading {
  readonly drops: readonly FirewallDrop[]
  /** Something that comes in may be dropped, by a policy or by a rule. */
  readonly limitsInput: boolean
  /** UDP ports at which nobody gets in but those that are let in by their address. */
  readonly closed: readonly ClosedPort[]
}

interface Chain {
  readonly table: string
  readonly name: string
  readonly hook?: string
  readonly policy?: string
  readonly rules: readonly string[]
}

const directions: Readonly<Record<string, FirewallDrop['direction']>> = {
  ingress: 'in',
  prerouting: 'in',
  input: 'in',
  output: 'out',
}

/**
 * Reads `nft list ruleset`: the chains with a hook on the way in and out, and those that they jump to. Tables that iptables
 * made are left out: `iptables-save` has them. As with iptables, a rule that names no port or protocol of ours is left
 * out, because whether it concerns the overlay cannot be told from the rule alone.
 */
export function parseNft(text: string, ports: PortsByProtocol): NftReading {
  const chains = chainsOf(text).filter((chain) => !isOfIptables(chain))
  const bases = chains.flatMap((chain) => {
    const direction = directions[chain.hook ?? '']
    return direction === undefined ? [] : [{ chain, direction, all: reachable(chain, chains) }]
  })
  return {
    drops: bases.flatMap(({ all, direction }) =>
      all.flatMap(({ table, name, rules }) =>
        rules.filter(isDrop).flatMap((rule) =>
          matched(rule, ports).map((match) => ({
            ...match,
            ...packetsOf(rule),
            rule: `${table} ${name}: ${rule}`,
            direction,
          })),
        ),
      ),
    ),
    closed: bases
      .filter(({ direction }) => direction === 'in')
      .flatMap(({ chain: { table, name, rules, policy } }) =>
        ports.udp.flatMap((port) => {
          const atEnd = policy === 'drop' ? 'policy drop' : undefined
          const rule = closingRule(rules, (one) => effectAt(one, port), atEnd)
          return rule === undefined ? [] : [{ port, rule: `${table} ${name}: ${rule}` }]
        }),
      ),
    limitsInput: bases.some(
      ({ chain, direction, all }) =>
        direction === 'in' && (chain.policy === 'drop' || all.some(({ rules }) => rules.some(isDrop))),
    ),
  }
}

function chainsOf(text: string): readonly Chain[] {
  const found: { table: string; name: string; hook?: string; policy?: string; rules: string[] }[] = []
  let table = ''
  let isInChain = false
  for (const line of text.split('\n').map((each) => each.trim())) {
    const [, ofTable] = /^table (\S+ \S+) \{$/.exec(line) ?? []
    const [, ofChain] = /^chain (\S+) \{/.exec(line) ?? []
    if (ofTable !== undefined) table = ofTable
    const last = found.at(-1)
    if (ofChain !== undefined) {
      found.push({ table, name: ofChain, rules: [] })
      isInChain = true
    } else if (line === '}') isInChain = false
    else if (isInChain && last !== undefined && line !== '') {
      const [, hook, policy] = /^type \S+ hook (\S+) .*?(?:policy (\w+);)?$/.exec(line) ?? []
      if (hook === undefined) last.rules.push(line)
      else Object.assign(last, { hook, ...(policy !== undefined && { policy }) })
    }
  }
  return found
}

/** iptables names its base chains in capitals; nobody else can hook another chain of that name into its tables. */
function isOfIptables({ table }: Chain): boolean {
  return /^ip6? (filter|nat|mangle|raw|security)$/.test(table)
}

function reachable(base: Chain, chains: readonly Chain[]): readonly Chain[] {
  const found = new Set([base])
  for (const chain of found)
    for (const rule of chain.rules)
      for (const [, name] of rule.matchAll(/\b(?:jump|goto) (\S+)/g))
        for (const other of chains) if (other.table === base.table && other.name === name) found.add(other)
  return [...found]
}

/** What a rule does with UDP to a port; sets and maps may hold anything. */
function effectAt(rule: string, port: number): RuleEffect {
  const text = rule
    .replace(/\b(comment|prefix) "[^"]*"/g, '')
    .replace(/ ?counter packets \d+ bytes \d+/, '')
    .trim()
  if (text === '' || text === 'log') return 'nothing'
  if (/^(tcp|icmp|icmpv6|igmp|esp|meta l4proto (tcp|icmp|icmpv6|ipv6-icmp)|ip protocol (tcp|icmp|esp)) ?\b/.test(text))
    return 'nothing'
  const names = matched(text, { tcp: [], udp: [port] }).length > 0
  if (/\budp dport [\d{]/.test(text) && !text.includes('vmap') && !names) return 'nothing'
  if (isDrop(text) && !text.includes('vmap'))
    return /^(udp dport (\d+(-\d+)?|\{[^}]*\}) )?(drop|reject)\b/.test(text) ? 'keeps-out' : 'nothing'
  if (/!=|vmap|\b(jump|goto|queue)\b/.test(text)) return 'unknown'
  const isOfSome = (/\bsaddr \S/.test(text) && !text.includes('0.0.0.0/0')) || /\biif(name)? "?lo"?( |$)/.test(text)
  return isOfSome || /^ct state (established,related|established|related) accept$/.test(text) ? 'nothing' : 'unknown'
}

/** Also as the verdict of a map, `vmap { 7946 : drop }`. */
function isDrop(rule: string): boolean {
  return /(^|\s)(drop|reject)\b/.test(withoutTexts(rule))
}

/** Comments and log prefixes may say anything. */
function withoutTexts(rule: string): string {
  return rule.replaceAll(/"[^"]*"/g, '""')
}

function packetsOf(rule: string): Pick<FirewallDrop, 'packets'> {
  const packets = /\bcounter packets (\d+)/.exec(withoutTexts(rule))?.[1]
  return packets === undefined ? {} : { packets: Number(packets) }
}

function matched(rule: string, ports: PortsByProtocol): readonly Pick<FirewallDrop, 'protocol' | 'port'>[] {
  const text = withoutTexts(rule)
  if (/\b(l4proto|protocol|nexthdr) (esp|50)\b/.test(text)) return [{ protocol: 'esp' }]
  const [, protocol, one, many] = /\b(tcp|udp) dport (?:vmap )?(?:(\d+(?:-\d+)?)|\{ ([^}]*) \})/.exec(text) ?? []
  if (protocol !== 'tcp' && protocol !== 'udp') return []
  const ranges = (one ?? many ?? '')
    .split(',')
    .map((part) => part.trim())
    // Of a map only what is dropped.
    .filter((part) => !part.includes(':') || /: (drop|reject)$/.test(part))
    .map((part) => part.replace(/ :.*/, '').split('-').map(Number))
  return ports[protocol]
    .filter((port) => ranges.some(([low = Number.NaN, high = low]) => low <= port && port <= high))
    .map((port) => ({ protocol, port }))
}
