import { singleLine } from '../../../text/single-line'
import { parseListeningPorts } from '../../listening-ports'
import type { FirewallFacts, ListeningSocket } from '../host-facts'
import { linesOf, sectionsOf, type Section } from './sections'

/** What listens, from `ss` where it is there, else from the kernel's tables, which name no processes. */
export function parseListening(sections: readonly Section[]): readonly ListeningSocket[] {
  const [first, ...lines] = linesOf(sections, 'listening')
  return first === 'ss'
    ? lines.flatMap(ssLine)
    : fromTables(
        sectionsOf(sections, 'listening')
          .map(({ text }) => text)
          .join('\n'),
      )
}

/** `tcp LISTEN 0 4096 *:2376 *:* users:(("dockerd",pid=121,fd=3))` */
function ssLine(line: string): readonly ListeningSocket[] {
  const [protocol, , , , local = '', , users = ''] = line.split(/\s+/)
  const at = local.lastIndexOf(':')
  const port = Number(local.slice(at + 1))
  if ((protocol !== 'tcp' && protocol !== 'udp') || at < 0 || !Number.isInteger(port)) return []
  const process = /\(\("([^"]+)"/.exec(users)?.[1]
  const address = local.slice(0, at).replace(/^\[(.*)\]$/, '$1')
  return [{ protocol, address, port, ...(process !== undefined && { process: singleLine(process, 60) }) }]
}

function fromTables(text: string): readonly ListeningSocket[] {
  const tables = text.split(/^table /m).slice(1)
  return tables
    .filter((table) => table.startsWith('tcp'))
    .flatMap((table) => parseListeningPorts(table))
    .map(({ address, port }) => ({ protocol: 'tcp', address, port }))
}

export function parseFirewall(sections: readonly Section[]): FirewallFacts {
  const lines = linesOf(sections, 'firewall')
  const isActive = (name: string) => lines.includes(`active ${name}`) && !lines.includes(`disabled ${name}`)
  const at = lines.indexOf('rules')
  const rules = at < 0 ? [] : lines.slice(at + 1)
  const manager = (['firewalld', 'ufw', 'nftables'] as const).find(isActive)
  if (manager !== undefined) return { inCharge: manager, rules }
  if (at < 0) return { inCharge: 'unknown', rules }
  const isOpen = !rules.some((rule) => rule.startsWith('-A INPUT ')) && rules.includes('-P INPUT ACCEPT')
  return { inCharge: isOpen ? 'none' : 'iptables', rules }
}
