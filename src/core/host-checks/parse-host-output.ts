import ipaddr from 'ipaddr.js'
import { icmpCheck } from '../connectivity/checks/icmp-check'
import { mtuCheck } from '../connectivity/checks/mtu-check'
import { tcpCheck } from '../connectivity/checks/port-check'
import { parseProbe } from '../connectivity/parse-probe'
import type { HostQuestion } from './host-script'
import type { HostLink, HostRoute, LocalReading } from './local-reading'

/** What a host script printed; lines of any other form are skipped. */
export function parseHostOutput(stdout: string, { peers }: HostQuestion): LocalReading {
  const { lines } = parseProbe(stdout)
  const facts = [...stdout.matchAll(/^@host\t(\w+)\t(.*)$/gm)].map(([, kind = '', text = '']) => ({ kind, text }))
  const of = (kind: string) => facts.filter((fact) => fact.kind === kind).map(({ text }) => text)
  return {
    dials: lines.flatMap((line) => {
      const address = line.index === undefined ? undefined : peers[line.index]?.address
      if (line.kind !== 'tcp' || line.port === undefined || address === undefined) return []
      return [{ address, port: line.port, check: tcpCheck({ ...line, port: line.port }) }]
    }),
    pings: peers.flatMap(({ address }, index) => {
      const own = lines.filter((line) => line.index === index)
      const small = own.find(({ kind }) => kind === 'icmp')
      const large = own.find(({ kind }) => kind === 'mtu')
      const check = large && mtuCheck(large)
      return small ? [{ address, check: icmpCheck(small), ...(check && { large: check }) }] : []
    }),
    udpPorts: of('udp').map(Number).filter(Number.isInteger),
    links: of('link').flatMap(parseLink),
    routes: of('route').flatMap(parseRoute),
  }
}

function parseLink(text: string): readonly HostLink[] {
  const [name = '', mtu = '', driver = ''] = text.split(' ')
  if (name === '' || !/^\d{2,6}$/.test(mtu)) return []
  return [{ name, mtu: Number(mtu), ...(driver !== '' && { driver }) }]
}

/** As `/proc/net/route` has it: hexadecimal, in the little-endian order of the machines that Docker runs on. */
function parseRoute(text: string): readonly HostRoute[] {
  const found = /^(\S+) ([0-9A-F]{8}) ([0-9A-F]{8})$/.exec(text)
  if (!found) return []
  const [, link = '', destination = '', mask = ''] = found
  const prefix = ipaddr.IPv4.parse(fromLittleEndian(mask)).prefixLengthFromSubnetMask()
  return prefix === null ? [] : [{ link, subnet: `${fromLittleEndian(destination)}/${prefix}` }]
}

function fromLittleEndian(hex: string): string {
  return (hex.match(/../g) ?? [])
    .reverse()
    .map((byte) => Number.parseInt(byte, 16))
    .join('.')
}
