import ipaddr from 'ipaddr.js'

/**
 * How the kernel lists the route to a network that an interface is on: destination and mask in hexadecimal, in the byte
 * order of the machines that Docker runs on, little-endian (`/proc/net/route`, linux/net/ipv4/fib_trie.c). By it a script
 * finds the interface without any tool.
 *
 * @param subnets CIDR texts
 * @returns for instance `0001000A 00FFFFFF`; undefined where there is no IPv4 subnet
 */
export function routeEntry(subnets: readonly string[]): string | undefined {
  const subnet = subnets.find((text) => ipaddr.IPv4.isValidCIDR(text))
  if (subnet === undefined) return undefined
  const [, prefix] = ipaddr.IPv4.parseCIDR(subnet)
  const mask = ipaddr.IPv4.subnetMaskFromPrefixLength(prefix)
  return `${littleEndian(ipaddr.IPv4.networkAddressFromCIDR(subnet))} ${littleEndian(mask)}`
}

function littleEndian(address: ipaddr.IPv4): string {
  const bytes = address.toByteArray().toReversed()
  return bytes.map((byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join('')
}
