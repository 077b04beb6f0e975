/** A port that has to let packets in. */
export interface WantedPort {
  readonly protocol: 'tcp' | 'udp'
  readonly port: number
}

/**
 * The rule that drops what comes in for a port, whoever sends it; undefined where none does, or where it depends on more
 * than the port. Only what is certain counts: a rule for one sender or one card neither opens nor closes a port.
 *
 * @param rules as `iptables -S` prints them
 */
export function blockingRule(rules: readonly string[], wanted: WantedPort): string | undefined {
  const policy = rules.find((rule) => /^-P INPUT (DROP|REJECT)$/.test(rule))
  for (const rule of rules.filter((line) => line.startsWith('-A INPUT '))) {
    if (!concerns(rule, wanted)) continue
    if (isConditional(rule)) {
      // Whether it lets the port’s packets in depends on what cannot be told from here.
      if (!/ -j (DROP|REJECT)\b/.test(rule) && !isHarmless(rule)) return undefined
      continue
    }
    if (/ -j (DROP|REJECT)\b/.test(rule)) return rule
    if (/ -j RETURN\b/.test(rule)) return policy
    // ACCEPT, or another chain that decides.
    return undefined
  }
  return policy
}

function concerns(rule: string, { protocol, port }: WantedPort): boolean {
  const wantedProtocol = / -p (\S+)/.exec(rule)?.[1]
  if (wantedProtocol !== undefined && wantedProtocol !== protocol && wantedProtocol !== 'all') return false
  const ports = / --(?:dport|dports) (\S+)/.exec(rule)?.[1]
  return ports === undefined || ports.split(',').some((range) => isWithin(range, port))
}

function isWithin(range: string, port: number): boolean {
  const [from = '', to = from] = range.split(':')
  return port >= Number(from || 0) && port <= Number(to || 65_535)
}

/** Anything but a protocol, its ports, a comment and the target. */
function isConditional(rule: string): boolean {
  const plain = rule
    .replace(/ -m (tcp|udp|multiport|comment)\b/g, '')
    .replace(/ --comment ("[^"]*"|\S+)/g, '')
    .replace(/ --(dport|dports) \S+/g, '')
    .replace(/ -p \S+/g, '')
    .replace(/ --reject-with \S+/g, '')
  return !/^-A INPUT -j \S+$/.test(plain)
}

/** Loopback, and answers to what the host sent itself. */
function isHarmless(rule: string): boolean {
  return (
    / -i lo\b/.test(rule) ||
    /--(ctstate|state) (RELATED,ESTABLISHED|ESTABLISHED,RELATED|ESTABLISHED|INVALID)\b/.test(rule)
  )
}
