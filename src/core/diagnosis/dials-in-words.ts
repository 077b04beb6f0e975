import { dialsTo } from '../host-checks/gossip'
import type { HostReading, HostsReading } from '../host-checks/hosts-reading'
import { enumerate } from '../text/count'

/** What became of TCP connections to a port of a host, as a sentence; none where nobody tried. */
export function dialsInWords(reading: HostsReading, host: HostReading, port: number): readonly string[] {
  const dials = dialsTo(reading, host, port)
  const open = dials.filter(({ check }) => check.observation === 'ok')
  const silent = dials.filter(({ check }) => check.observation === 'lost' || check.observation === 'no-route')
  const refused = dials.filter(({ check }) => check.observation === 'refused')
  const from = (list: typeof dials) => enumerate(list.map((dial) => dial.from))
  return [
    ...(open.length > 0 ? [`From ${from(open)} a connection to ${port}/tcp of ${host.name} was accepted.`] : []),
    ...(silent.length > 0 ? [`From ${from(silent)} ${port}/tcp of ${host.name} did not answer.`] : []),
    ...(refused.length > 0 ? [`From ${from(refused)} ${port}/tcp of ${host.name} refused the connection.`] : []),
  ]
}

/** Rules of the hosts' own packet filters that dropped packets to a port, as sentences. */
export function dropsInWords(
  { hosts }: HostsReading,
  protocol: 'tcp' | 'udp' | 'esp',
  port?: number,
): readonly string[] {
  return hosts.flatMap(({ name, firewall }) =>
    (firewall?.drops ?? [])
      .filter((drop) => drop.protocol === protocol && drop.port === port)
      .map(({ packets, rule, direction }) => {
        const what = direction === 'in' ? 'coming in' : 'going out'
        return packets === undefined
          ? `The packet filter of ${name} drops packets ${what} by the rule “${rule}”, which does not count them.`
          : `The packet filter of ${name} has dropped ${packets} packets ${what} by the rule “${rule}”.`
      }),
  )
}
