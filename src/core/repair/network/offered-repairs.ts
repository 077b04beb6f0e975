import type { Finding, Fix } from '../../diagnosis/finding'
import type { Peer, PairResult, TestedNetwork } from '../../connectivity/types'
import { enumerate } from '../../text/count'

/** What the repairs of a finding are offered for. */
export interface OfferContext {
  readonly network: Pick<TestedNetwork, 'name' | 'scope'>
  /** The pairs that the finding explains. */
  readonly pairs: readonly PairResult[]
  /** Those that were asked about each other. */
  readonly hosts: readonly { readonly hostId: string; readonly name: string }[]
}

/** What is not a rule's own to offer. */
type RepairId = Exclude<
  Fix['id'],
  'start-target' | 'show-firewall-commands' | 'show-logs' | 'examine-ports' | 'activate-node' | 'limit-ports'
>

/** Which repairs help against which cause, the mildest first. What is not here has no repair that could be planned. */
const repairsOf: Readonly<Record<string, readonly RepairId[]>> = {
  'addresses-used-up': ['recreate-network'],
  'checksum-offload': ['disable-checksum-offload'],
  'container-cut-off': ['reconnect-containers'],
  'data-path-closed': ['open-ports'],
  'encryption-blocked': ['open-ports'],
  'gossip-partly-closed': ['open-ports'],
  'gossip-port-closed': ['open-ports'],
  'host-cut-off': ['open-ports'],
  'hosts-isolated': ['open-ports'],
  'management-port-closed': ['open-ports'],
  'mtu-black-hole': ['recreate-network'],
  'names-not-converged': ['reconnect-containers', 'restart-engine'],
  'names-not-spreading': ['open-ports'],
  'no-path-between-hosts': ['open-ports'],
  'not-attachable': ['recreate-network'],
  'not-attached': ['connect-containers'],
  'resolver-not-answering': ['restart-engine'],
  'subnet-hides-route': ['recreate-network'],
  'subnet-overlap': ['recreate-network'],
  'vxlan-not-made': ['remove-stale-vxlan', 'restart-engine'],
  'wrong-address': ['reconnect-containers', 'restart-engine'],
}

/**
 * The repairs that can be offered for a finding, besides what its rule offers itself. They act on the containers and hosts
 * that the finding names, as far as its pairs have them; ports are opened where its rule would show the commands for it,
 * which may be at the other end, too.
 */
export function offeredRepairs(
  { cause, hosts, containers, fixes }: Pick<Finding, 'cause' | 'hosts' | 'containers' | 'fixes'>,
  { network, pairs, hosts: asked }: OfferContext,
): readonly Fix[] {
  const peers = pairs.flatMap(({ from, to }) => [to, from])
  const named = peers.filter(({ container }) => containers.includes(container))
  const placed = peers.filter(({ host }) => hosts.includes(host))
  const closed = fixes.find(({ id }) => id === 'show-firewall-commands')?.hostIds ?? []
  const known = [...asked, ...peers.map(hostOf)]
  const opened = known.filter(({ hostId }) => closed.includes(hostId))
  const listed = known.filter(({ name }) => hosts.includes(name))
  return (repairsOf[cause] ?? []).flatMap((id) => offers[id](network, { named, placed, opened, listed }) ?? [])
}

interface Named {
  /** The containers that the finding names. */
  readonly named: readonly Peer[]
  /** Somebody on each of the hosts that it names. */
  readonly placed: readonly Peer[]
  /** The hosts at which its rule misses an open port. */
  readonly opened: readonly NamedHost[]
  /** The hosts that it names, also where none of its pairs has a container there. */
  readonly listed: readonly NamedHost[]
}

type NamedHost = OfferContext['hosts'][number]

type Offer = (network: OfferContext['network'], named: Named) => Fix | undefined

const offers: Readonly<Record<RepairId, Offer>> = {
  'reconnect-containers': ({ name }, { named }) => {
    // The swarm joins its tasks itself.
    const own = named.filter(({ service }) => service === undefined)
    return onContainers('reconnect-containers', own, (names) => `Reconnect ${names} to ${name}`)
  },
  'connect-containers': ({ name }, { named }) =>
    onContainers(
      'connect-containers',
      named.filter(({ service }) => service === undefined),
      (names) => `Connect ${names} to ${name}`,
    ),
  'recreate-network': ({ name, scope }) =>
    scope === 'local'
      ? undefined
      : { id: 'recreate-network', title: `Recreate ${name} with something changed`, containerIds: [], hostIds: [] },
  'open-ports': (_network, { placed, opened }) =>
    onHosts('open-ports', opened.length > 0 ? opened : placed.map(hostOf), (names) => `Open the ports on ${names}`),
  'restart-engine': (_network, { listed }) =>
    onHosts('restart-engine', listed, (names) => `Restart Docker on ${names}`),
  'remove-stale-vxlan': (_network, { listed }) =>
    onHosts('remove-stale-vxlan', listed, (names) => `Remove the stale VXLAN interface on ${names}`),
  'disable-checksum-offload': (_network, { placed }) =>
    onHosts('disable-checksum-offload', placed.map(hostOf), (names) => `Turn off checksum offload on ${names}`),
}

function onContainers(id: Fix['id'], peers: readonly Peer[], title: (names: string) => string): Fix | undefined {
  const byId = new Map(peers.map((peer) => [peer.containerId, peer]))
  if (byId.size === 0) return undefined
  return {
    id,
    title: title(enumerate([...byId.values()].map(({ container }) => container))),
    containerIds: [...byId.keys()],
    hostIds: [...new Set([...byId.values()].map(({ hostId }) => hostId))],
  }
}

const hostOf = ({ hostId, host }: Peer): NamedHost => ({ hostId, name: host })

function onHosts(id: Fix['id'], hosts: readonly NamedHost[], title: (names: string) => string): Fix | undefined {
  const byId = new Map(hosts.map(({ hostId, name }) => [hostId, name]))
  if (byId.size === 0) return undefined
  return { id, title: title(enumerate([...byId.values()])), containerIds: [], hostIds: [...byId.keys()] }
}
