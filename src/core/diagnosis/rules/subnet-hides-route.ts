import { overlaps, parseCidr, type Cidr } from '../../forms/cidr'
import type { Rule } from '../evidence'

/** Docker's own, whose routes are meant. */
const ownLinks = /^(docker\d*|docker_gwbridge|br-[0-9a-f]{12}|veth|vx-|ov-)/

/** The network has addresses that its hosts use otherwise: containers do not reach what is there. No engine objects. */
export const subnetHidesRoute: Rule = {
  id: 'subnet-hides-route',
  diagnose({ reading, network }) {
    const subnets = network.subnets.flatMap((text) => cidr(text))
    const hidden = (reading?.hosts ?? []).flatMap(({ name, local }) =>
      (local?.routes ?? [])
        .filter(({ link, subnet }) => !ownLinks.test(link) && !subnet.endsWith('/0'))
        .filter(({ subnet }) => cidr(subnet).some((route) => subnets.some((own) => overlaps(own, route))))
        .map(({ link, subnet }) => ({ name, link, subnet })),
    )
    if (hidden.length === 0) return []
    return [
      {
        explains: [],
        finding: {
          cause: 'subnet-hides-route',
          title: `${network.name} has addresses that ${hidden[0]?.name ?? 'a host'} uses for something else.`,
          confidence: 85,
          hosts: [...new Set(hidden.map(({ name }) => name))],
          containers: [],
          evidence: hidden.map(
            ({ name, link, subnet }) =>
              `${name} has a route to ${subnet} over ${link}; the network’s subnet is ${network.subnets.join(', ')}.`,
          ),
          remedy: `Containers on ${network.name} do not reach what is behind that route: create it again with another subnet.`,
          fixes: [],
        },
      },
    ]
  },
}

function cidr(text: string): readonly Cidr[] {
  const parsed = parseCidr(text)
  return parsed.isValid ? [parsed.value] : []
}
