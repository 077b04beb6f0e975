/** `10.98.0.11:2375` and `[fd00::1]:2375` as the host alone, without the brackets of an IPv6 address. */
export function withoutPort(address: string): string {
  return address.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1')
}
