import ipaddr from 'ipaddr.js'

/** A TCP socket that waits for connections. */
export interface ListeningPort {
  readonly address: string
  readonly port: number
  /** `all`: every address of the container; `loopback`: only the container itself; `one`: that address alone. */
  readonly reach: 'all' | 'loopback' | 'one'
}

/** `LISTEN` in Linux's `include/net/tcp_states.h`. */
const listen = '0A'

/** `/proc/net/tcp` and `/proc/net/tcp6`, one after the other, as `cat` prints them (proc_pid_net(5)); by port. */
export function parseListeningPorts(text: string): readonly ListeningPort[] {
  const found = text.split('\n').flatMap((line): readonly ListeningPort[] => {
    const match = /^\s*\d+:\s+([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4})\s+\S+\s+([0-9A-F]{2})\s/.exec(line)
    if (match?.[3] !== listen) return []
    const [, hex = '', port = ''] = match
    const address = readAddress(hex)
    return [{ address: address.toString(), port: Number.parseInt(port, 16), reach: reachOf(address) }]
  })
  return found.toSorted((a, b) => a.port - b.port || a.address.localeCompare(b.address, 'en'))
}

/** Words of four bytes, each with its last byte first on the little-endian machines that engines run on. */
function readAddress(hex: string): ipaddr.IPv4 | ipaddr.IPv6 {
  const words = hex.match(/.{8}/g) ?? []
  const bytes = words.flatMap((word) => (word.match(/../g) ?? []).reverse().map((byte) => Number.parseInt(byte, 16)))
  const address = ipaddr.fromByteArray(bytes)
  return address instanceof ipaddr.IPv6 && address.isIPv4MappedAddress() ? address.toIPv4Address() : address
}

function reachOf(address: ipaddr.IPv4 | ipaddr.IPv6): ListeningPort['reach'] {
  const range = address.range()
  if (range === 'unspecified') return 'all'
  return range === 'loopback' ? 'loopback' : 'one'
}
