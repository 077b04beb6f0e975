import ipaddr from 'ipaddr.js'

/** Colons and dots only: no zone, no short or octal forms of IPv4, which tools read differently. */
const plain = /^(\d{1,3}(\.\d{1,3}){3}|[\da-f:.]*:[\da-f:.]*)$/i

/** An address in its one canonical form, or undefined for any text that is not an address. */
export function parseAddress(text: string | undefined): string | undefined {
  if (text === undefined || !plain.test(text) || !ipaddr.isValid(text)) return undefined
  return ipaddr.parse(text).toString()
}

export function isIpv6(address: string): boolean {
  return address.includes(':')
}
