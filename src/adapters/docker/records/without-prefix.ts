/** An address without the length of its network's prefix, which managers and networks write behind it: `10.0.1.2/24`. */
export function withoutPrefix(address: string): string {
  return address.replace(/\/\d+$/, '')
}
