import { invalid, valid, type Parsed } from './parsed'

/** What VXLAN adds to a packet, and what encryption adds to that: overlay driver of moby, `ov_network.go`, `encryption.go`. */
const vxlanOverhead = 50
const encryptionOverhead = 26

/** RFC 791's guaranteed datagram, and the largest there is. */
const smallest = 576
const largest = 65_535

/** Reads the MTU option; blank leaves it to the engine, which assumes hosts with 1500. */
export function parseMtu(text: string): Parsed<number | undefined> {
  const trimmed = text.trim()
  if (trimmed === '') return valid(undefined)
  if (!/^\d+$/.test(trimmed)) return invalid('A number of bytes, for instance 1500.')
  const mtu = Number(trimmed)
  if (mtu < smallest || mtu > largest) return invalid(`Between ${smallest} and ${largest} bytes.`)
  return valid(mtu)
}

/** The MTU that containers get where the hosts' network has `mtu`: the option names the hosts', not the containers'. */
export function containerMtu(mtu: number, isEncrypted: boolean): number {
  return mtu - vxlanOverhead - (isEncrypted ? encryptionOverhead : 0)
}

/** The option explained, in one sentence. */
export function explainMtu(mtu: number, isEncrypted: boolean): string {
  const overhead = vxlanOverhead + (isEncrypted ? encryptionOverhead : 0)
  const why = isEncrypted ? 'VXLAN and encryption take' : 'VXLAN takes'
  return `Hosts’ MTU ${mtu}, containers get ${containerMtu(mtu, isEncrypted)}: ${why} ${overhead} bytes of each packet`
}
