import { contains, parseCidr } from '../forms/cidr'
import type { HostLink, LocalReading } from './local-reading'

/** The network card over which a host reaches an address: that of the most specific route to it. */
export function cardTowards({ links, routes }: LocalReading, address: string): HostLink | undefined {
  const fitting = routes.flatMap(({ link, subnet }) => {
    const parsed = parseCidr(subnet)
    return parsed.isValid && contains(parsed.value, address) ? [{ link, prefix: parsed.value.prefix }] : []
  })
  const [best] = fitting.toSorted((a, b) => b.prefix - a.prefix)
  return links.find(({ name }) => name === best?.link)
}
