import type { Fleet } from '../model/fleet'
import { isOverlay, type FleetNetwork } from '../model/network'
import { boundaries, contains, formatCidr, isAddress, overlaps, parseCidr, usableAddresses, type Cidr } from './cidr'
import { invalid, valid, type Parsed } from './parsed'
import { clusterWords, type Cluster } from './clusters'

/** A /30 has two usable addresses: the gateway's and one container's. */
const longestPrefix = 30
/** The data path's hosts, gateways and peers beyond this are beyond what one VXLAN segment carries. */
const shortestPrefix = 8

/**
 * Reads the subnet of a new overlay network and compares it with every network that is known. What lies on a host of
 * the cluster would collide with it (two overlays: attaching fails after 20 s; a bridge: its routes hide one another) and
 * is refused; what lies elsewhere is only told by `subnetNotes`.
 */
export function parseSubnet(text: string, fleet: Fleet, cluster: Cluster): Parsed<Cidr> {
  const parsed = parseCidr(text)
  if (!parsed.isValid) return parsed
  const cidr = parsed.value
  // Swarm's address management knows IPv4 only: an IPv6 subnet is taken and never works (moby#43615, moby#48116).
  if (cidr.address.kind() === 'ipv6') return invalid('Overlay networks take IPv4 subnets only.')
  if (cidr.prefix > longestPrefix)
    return invalid(`/${cidr.prefix} leaves no address for containers: /${longestPrefix} is the smallest subnet.`)
  if (cidr.prefix < shortestPrefix)
    return invalid(`/${cidr.prefix} is too large: /${shortestPrefix} is the largest subnet.`)
  const reason = specialUse(cidr)
  if (reason !== undefined) return invalid(`${formatCidr(cidr)} ${reason}.`)
  const clash = networksOn(fleet, cluster, 'inside').flatMap((network) => clashWith(cidr, network))[0]
  if (clash !== undefined) return invalid(`${formatCidr(cidr)} overlaps with ${clash}.`)
  const host = cluster.hosts.find(({ address }) => contains(cidr, address))
  if (host !== undefined)
    return invalid(
      `${formatCidr(cidr)} holds the address of the host ${host.name} (${host.address}): containers could not reach it.`,
    )
  return parsed
}

/** What is worth knowing of a subnet that may be used. */
export function subnetNotes(cidr: Cidr, fleet: Fleet, cluster: Cluster): readonly string[] {
  return [...scarcityNotes(cidr, cluster), ...outsideNotes(cidr, fleet, cluster)]
}

/** Says where a subnet has hardly an address for containers: the gateway takes one, and each host one for its load balancer. */
export function scarcityNotes(cidr: Cidr, cluster: Cluster): readonly string[] {
  const usable = usableAddresses(cidr)
  const needed = cluster.hosts.length + 1
  if (usable - needed >= 8) return []
  return [
    `${formatCidr(cidr)} has ${usable} usable addresses. The gateway takes one and each host with a container one more: on all ${cluster.hosts.length} hosts, ${Math.max(0, usable - needed)} are left for containers.`,
  ]
}

function outsideNotes(cidr: Cidr, fleet: Fleet, cluster: Cluster): readonly string[] {
  const notes: string[] = []
  for (const network of networksOn(fleet, cluster, 'outside'))
    for (const clash of clashWith(cidr, network))
      notes.push(
        `It overlaps with ${clash}, which is outside this ${clusterWords[cluster.kind]}: a problem only if the two are ever joined.`,
      )
  return notes
}

/** What is wrong with a gateway in a subnet; undefined where it is fine. */
export function checkGateway(text: string, cidr: Cidr): string | undefined {
  const gateway = text.trim()
  if (!isAddress(gateway)) return `"${gateway}" is not an IP address.`
  if (!contains(cidr, gateway)) return `${gateway} is not in ${formatCidr(cidr)}.`
  const [first, last] = boundaries(cidr)
  if (gateway === first) return `${gateway} is the subnet’s own address; the first usable one is the one after it.`
  if (gateway === last) return `${gateway} is the subnet’s broadcast address.`
  return undefined
}

/** RFC 6890: blocks that no network of one's own may have. */
function specialUse(cidr: Cidr): string | undefined {
  const blocks = [
    ['127.0.0.0/8', 'is every machine’s own loopback'],
    ['224.0.0.0/4', 'is for multicast'],
    ['240.0.0.0/4', 'is reserved'],
    ['0.0.0.0/8', 'is reserved'],
    ['169.254.0.0/16', 'is for link-local addresses'],
  ] as const
  for (const [block, reason] of blocks) {
    const parsed = parseCidr(block)
    if (parsed.isValid && overlaps(parsed.value, cidr)) return reason
  }
  return undefined
}

function networksOn(fleet: Fleet, cluster: Cluster, side: 'inside' | 'outside'): readonly FleetNetwork[] {
  const hostIds = new Set(cluster.hosts.map((host) => host.id))
  return fleet.networks.filter(({ hostIds: ids }) => ids.some((id) => hostIds.has(id)) === (side === 'inside'))
}

function clashWith(cidr: Cidr, network: FleetNetwork): readonly string[] {
  return network.subnets.flatMap(({ subnet }) => {
    const other = parseCidr(subnet)
    if (!other.isValid || !overlaps(cidr, other.value)) return []
    const where = isOverlay(network)
      ? `overlay on ${network.hosts.join(', ')}`
      : `${network.driver} on ${network.hosts.join(', ')}`
    return [`${subnet} of the network "${network.name}" (${where})`]
  })
}

/** Whether a parsed value is there; a blank field stands for the engine's own choice. */
export function parseOptionalSubnet(text: string, fleet: Fleet, cluster: Cluster): Parsed<Cidr | undefined> {
  return text.trim() === '' ? valid(undefined) : parseSubnet(text, fleet, cluster)
}
