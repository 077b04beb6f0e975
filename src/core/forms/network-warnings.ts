import type { LinksReading } from '../host-links/host-links'
import { foreignRoutes, underlayCard } from '../host-links/underlay'
import type { NetworkSpec } from '../ports/engine'
import { enumerate } from '../text/count'
import { singleLine } from '../text/single-line'
import { overlaps, parseCidr, type Cidr } from './cidr'
import type { Cluster } from './clusters'
import { containerMtu } from './network-mtu'
import { scarcityNotes } from './network-subnet'

/** Why a network may not work as it is meant to. */
export interface NetworkWarning {
  /** Stable, kebab-case. */
  readonly id: 'route-overlap' | 'mtu' | 'subnet' | 'not-attachable' | 'encrypted-port'
  /** What will happen and what to do about it. */
  readonly message: string
}

export interface NetworkSurroundings {
  readonly cluster: Cluster
  readonly links: LinksReading
}

/** What the engine assumes where no MTU is given (moby, drivers/overlay/ov_network.go). */
const assumedMtu = 1500
/** The addresses that a swarm gives to networks which name none, unless it was made with others (swarm init --default-addr-pool). */
const defaultPool = '10.0.0.0/8'
const defaultDataPathPort = 4789

/** Everything that speaks against a network before it is made, gravest first. */
export function networkWarnings(spec: NetworkSpec, surroundings: NetworkSurroundings): readonly NetworkWarning[] {
  return [
    ...routeWarnings(spec, surroundings),
    ...mtuWarnings(spec, surroundings),
    ...spec.subnets
      .flatMap(({ subnet }) => cidrOf(subnet))
      .flatMap((cidr) => scarcityNotes(cidr, surroundings.cluster))
      .map((message) => ({ id: 'subnet', message }) as const),
    ...attachableWarnings(spec, surroundings),
    ...encryptionWarnings(spec, surroundings),
  ]
}

/** No engine compares a subnet with its host's routes: the network is made, and hides what lies behind the route. */
function routeWarnings({ subnets }: NetworkSpec, { cluster, links }: NetworkSurroundings): readonly NetworkWarning[] {
  const isChosen = subnets.length > 0
  if (!isChosen && cluster.kind !== 'swarm') return []
  const ours = (isChosen ? subnets.map(({ subnet }) => subnet) : [defaultPool]).flatMap(cidrOf)
  return ours.flatMap((cidr) =>
    links.hosts.flatMap((host): readonly NetworkWarning[] => {
      const hidden = foreignRoutes(host).filter(({ subnet }) => cidrOf(subnet).some((route) => overlaps(route, cidr)))
      if (hidden.length === 0) return []
      const routes = enumerate(hidden.map(({ subnet, card }) => `${subnet} by ${singleLine(card, 20)}`))
      const message = isChosen
        ? `At ${host.host} the subnet overlaps with its route to ${routes}: containers on the network could not reach what is there, nor be reached from it. Choose another subnet.`
        : `The swarm chooses the subnet, as a rule from ${defaultPool}, and does not know that ${host.host} has a route to ${routes}. Name a subnet that is free.`
      return [{ id: 'route-overlap', message }]
    }),
  )
}

function mtuWarnings({ mtu, isEncrypted }: NetworkSpec, { links }: NetworkSurroundings): readonly NetworkWarning[] {
  const cards = links.hosts.flatMap((host) => {
    const card = underlayCard(host)
    return card === undefined ? [] : [{ host: host.host, ...card }]
  })
  const wanted = mtu ?? assumedMtu
  const small = cards.filter((card) => card.mtu < wanted)
  if (small.length === 0) return []
  const smallest = Math.min(...small.map((card) => card.mtu))
  const where = enumerate(small.map(({ host, name, mtu: own }) => `${host} (${singleLine(name, 20)}: ${own})`))
  const given =
    mtu === undefined ? `Without the option mtu the engine assumes ${assumedMtu}` : `The option mtu says ${mtu}`
  return [
    {
      id: 'mtu',
      message: `${given}, and the hosts’ own network carries less at ${where}: containers would send packets of up to ${containerMtu(wanted, isEncrypted)} bytes, of which those above ${containerMtu(smallest, isEncrypted)} get lost without a word. Set the MTU to ${smallest}; containers then get ${containerMtu(smallest, isEncrypted)}.`,
    },
  ]
}

function attachableWarnings(
  { isAttachable }: NetworkSpec,
  { cluster }: NetworkSurroundings,
): readonly NetworkWarning[] {
  if (isAttachable || cluster.kind !== 'swarm') return []
  const message =
    'Not attachable: a container that is run by hand is refused ("network … not manually attachable"), and that cannot be changed later. Make it attachable unless only services of the swarm use it.'
  return [{ id: 'not-attachable', message }]
}

/** Until the middle of 2023 the kernel's policies named 4789 whatever the port (moby#45635, mended by moby#45636). */
function encryptionWarnings({ isEncrypted }: NetworkSpec, { cluster }: NetworkSurroundings): readonly NetworkWarning[] {
  const port = cluster.makers.map(({ engine }) => engine.info.swarm.dataPathPort).find((known) => known !== undefined)
  if (!isEncrypted || port === undefined || port === defaultDataPathPort) return []
  const old = cluster.hosts.filter(({ engineVersion }) => Number.parseInt(engineVersion ?? '', 10) < 23)
  const who =
    old.length === 0
      ? 'Engines older than that'
      : `Engines older than that, as at ${enumerate(old.map(({ name }) => name))},`
  return [
    {
      id: 'encrypted-port',
      message: `The swarm’s data goes over UDP ${port}, and only engines since the middle of 2023 encrypt on another port than 4789. ${who} let nothing through an encrypted network. Test it before you rely on it.`,
    },
  ]
}

/** What of a network cannot be known before it is there. */
export function openQuestions({ isEncrypted }: NetworkSpec, links: LinksReading): readonly string[] {
  const esp =
    'Whether ESP (IP protocol 50) passes between the hosts cannot be known before the network is there: where it does not, containers start and names resolve, and nothing else gets through. Test the network then.'
  return [...(isEncrypted ? [esp] : []), ...notLookedInWords(links)]
}

function cidrOf(text: string): readonly Cidr[] {
  const cidr = parseCidr(text)
  return cidr.isValid ? [cidr.value] : []
}

function notLookedInWords({ notLooked }: LinksReading): readonly string[] {
  if (notLooked.length === 0) return []
  const hosts = notLooked.map(({ host, reason }) => `${host} (${singleLine(reason.replace(/[.\s]+$/, ''))})`)
  return [`Not compared with the routes and the MTU of: ${hosts.join('; ')}.`]
}
