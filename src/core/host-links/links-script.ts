import ipaddr from 'ipaddr.js'
import type { HostCard, HostRoute } from './host-links'

/** How much of a host's answer is looked at: a router may have a million routes. */
const maxRoutes = 500

/** Reads routes and network cards, with nothing but a POSIX shell, and changes nothing. Its answer is for `parseLinks`. */
export const linksScript = String.raw`
n=0
while read -r i a b c d e f g h; do
  n=$((n + 1))
  [ $n -gt 1 ] && [ $n -le ${maxRoutes + 1} ] && printf '@route\t%s\t%s\t%s\n' "$i" "$a" "$g"
done </proc/net/route
for f in /sys/class/net/*; do
  read -r m <"$f/mtu" && printf '@card\t%s\t%s\n' "${'$'}{f##*/}" "$m"
done
exit 0
`

/** What the script said; lines of any other form are passed over. */
export function parseLinks(output: string): {
  readonly routes: readonly HostRoute[]
  readonly cards: readonly HostCard[]
} {
  const lines = output.split('\n').map((line) => line.replace(/\r$/, '').split('\t'))
  return {
    routes: lines.flatMap(([kind, card = '', destination = '', mask = '']) => {
      const subnet = kind === '@route' ? subnetOf(destination, mask) : undefined
      return subnet === undefined ? [] : [{ card, subnet }]
    }),
    cards: lines.flatMap(([kind, name = '', mtu = '']) =>
      kind === '@card' && /^\d{2,6}$/.test(mtu) ? [{ name, mtu: Number(mtu) }] : [],
    ),
  }
}

/** The kernel writes both in hexadecimal, in the little-endian order of the machines that Docker runs on. */
function subnetOf(destination: string, mask: string): string | undefined {
  const hex = /^[0-9A-Fa-f]{8}$/
  if (!hex.test(destination) || !hex.test(mask)) return undefined
  const prefix = ipaddr.IPv4.parse(addressOf(mask)).prefixLengthFromSubnetMask()
  return prefix === null ? undefined : `${addressOf(destination)}/${prefix}`
}

function addressOf(hex: string): string {
  const bytes = hex.match(/../g) ?? []
  return bytes
    .toReversed()
    .map((byte) => Number.parseInt(byte, 16))
    .join('.')
}
