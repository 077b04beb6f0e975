import type { FirewallDrop, FirewallReading } from '../firewall-counters'

/** Rules that keep packets to a port out; those that count have to have counted something: others may be for single addresses. */
export function dropsOf(
  firewall: FirewallReading | undefined,
  protocol: FirewallDrop['protocol'],
  port?: number,
): readonly FirewallDrop[] {
  return (firewall?.drops ?? []).filter(
    (drop) => drop.protocol === protocol && drop.port === port && drop.direction === 'in' && drop.packets !== 0,
  )
}

export function dropWords({ rule, packets }: FirewallDrop): string {
  const counted = packets === undefined ? 'drops packets' : `has dropped ${packets} packets`
  return `Its packet filter ${counted} by the rule “${rule}”.`
}
