import { contains, parseCidr } from '../forms/cidr'
import type { HostCard, HostLinks, HostRoute } from './host-links'

/** Cards that the engine made for its own networks: what lies behind them is compared as networks. */
const ofTheEngine = /^(docker0|docker_gwbridge|br-[0-9a-f]{12}|veth.*|vx-.*|lo)$/

/** The routes of a host to anything but Docker's own networks and the way out. */
export function foreignRoutes({ routes }: Pick<HostLinks, 'routes'>): readonly HostRoute[] {
  return routes.filter(({ card, subnet }) => !ofTheEngine.test(card) && subnet !== '0.0.0.0/0')
}

/** The card over which a host speaks to the other hosts: the one its own address is on, or else the way out. */
export function underlayCard({ address, routes, cards }: HostLinks): HostCard | undefined {
  const fitting = routes
    .map((route) => ({ route, cidr: parseCidr(route.subnet) }))
    .flatMap(({ route, cidr }) =>
      cidr.isValid && contains(cidr.value, address) ? [{ route, prefix: cidr.value.prefix }] : [],
    )
    .sort((a, b) => b.prefix - a.prefix)
  const name = fitting[0]?.route.card
  return name === undefined ? undefined : cards.find((card) => card.name === name)
}
