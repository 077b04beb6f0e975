import ipaddr from 'ipaddr.js'
import { invalid, valid, type Parsed } from './parsed'

type Address = ipaddr.IPv4 | ipaddr.IPv6

/** An IP network: its first address and how many leading bits name it. */
export interface Cidr {
  readonly address: Address
  readonly prefix: number
}

/**
 * Reads `ADDRESS/PREFIX`; any address of the network stands for it, so `10.0.9.7/24` gives `10.0.9.0/24`. Only the
 * four-part form of IPv4: `ipaddr.js` alone would take `10/8` and octal parts.
 */
export function parseCidr(text: string): Parsed<Cidr> {
  const [address = '', prefix, ...rest] = text.trim().split('/')
  if (prefix === undefined) return invalid(`"${text.trim()}" has no prefix length: write it as 10.0.9.0/24.`)
  if (rest.length > 0 || !/^\d{1,3}$/.test(prefix))
    return invalid(`"${text.trim()}" is not a subnet: write it as 10.0.9.0/24.`)
  if (!isAddress(address)) return invalid(`"${address}" is not an IP address.`)
  const parsed = ipaddr.parse(address)
  const bits = parsed.kind() === 'ipv4' ? 32 : 128
  if (Number(prefix) > bits) return invalid(`The prefix length is at most ${bits}.`)
  return valid({ address: networkAddress(parsed, Number(prefix)), prefix: Number(prefix) })
}

/** Whether `text` is a full IPv4 or IPv6 address, without a zone. */
export function isAddress(text: string): boolean {
  return ipaddr.IPv4.isValidFourPartDecimal(text) || (ipaddr.IPv6.isValid(text) && !text.includes('%'))
}

/** As the engine takes it: `10.0.9.0/24`. */
export function formatCidr({ address, prefix }: Cidr): string {
  return `${address.toString()}/${prefix}`
}

/** Whether two networks share an address: one of them then holds the other's first. */
export function overlaps(a: Cidr, b: Cidr): boolean {
  if (a.address.kind() !== b.address.kind()) return false
  const prefix = Math.min(a.prefix, b.prefix)
  return networkAddress(a.address, prefix).toString() === networkAddress(b.address, prefix).toString()
}

/** Whether an address lies in a network; false for what is not an address. */
export function contains(network: Cidr, address: string): boolean {
  if (!isAddress(address)) return false
  const parsed = ipaddr.parse(address)
  return overlaps(network, { address: parsed, prefix: parsed.kind() === 'ipv4' ? 32 : 128 })
}

/** An IPv4 network's first and last address: the network's own and the broadcast address. */
export function boundaries({ address, prefix }: Cidr): readonly [first: string, last: string] {
  const text = `${address.toString()}/${prefix}`
  return [address.toString(), ipaddr.IPv4.broadcastAddressFromCIDR(text).toString()]
}

/** How many addresses containers and the engine can have: without the network's own and the broadcast address. */
export function usableAddresses({ prefix }: Cidr): number {
  return Math.max(0, 2 ** (32 - prefix) - 2)
}

function networkAddress(address: Address, prefix: number): Address {
  const bytes = address.toByteArray().map((byte, index) => {
    const bits = Math.min(8, Math.max(0, prefix - index * 8))
    return byte & (0xff << (8 - bits)) & 0xff
  })
  return ipaddr.fromByteArray(bytes)
}
