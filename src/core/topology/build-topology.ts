import { groupBy } from '../collections/group-by'
import type { PairResult } from '../connectivity/types'
import type { ConnectivityRun } from '../connectivity/run'
import type { Fleet } from '../model/fleet'
import type { Host } from '../model/host'
import { isOverlay, type FleetNetwork, type NetworkMember } from '../model/network'
import { summarize } from '../report/summary'
import { count, enumerate } from '../text/count'
import { byName } from '../text/natural-order'
import { chooseLinks } from './choose-links'
import { countPair, noPairs, stateOf } from './pair-counts'
import type { PairCounts, Topology, TopologyHost, TopologyMember, TopologyNetwork, TopologyRow } from './topology'

/** More containers than this are shown as a count a host: a picture is for seeing where, the trees are for who. */
const maxMembers = 150
const maxMembersPerRow = 10
/** What fails is drawn all the same, up to this many in a row. */
const maxFailingPerRow = 4
/** More hosts without a container on these networks are only named. */
const maxEmptyHosts = 6

/** What the picture is made of. */
export interface TopologyInput {
  readonly fleet: Fleet
  /** The last test of a network. */
  readonly latest: (networkKey: string) => ConnectivityRun | undefined
  /** Only this network; absent: all that span hosts. */
  readonly networkKey?: string
}

/**
 * Hosts, the networks that span them, and who is on which, with what the last tests say. Deterministic: networks in the
 * fleet's order, hosts by name.
 */
export function buildTopology({ fleet, latest, networkKey }: TopologyInput): Topology {
  const networks = fleet.networks.filter(
    (network) => isOverlay(network) && !network.isIngress && (networkKey === undefined || network.key === networkKey),
  )
  const shown = networks.map((network) => new DrawnNetwork(network, latest(network.key)))
  const all = networks.reduce((sum, { members }) => sum + members.length, 0)
  const isCrowded = all > maxMembers
  const hosts = fleet.hosts.toSorted(byName).map((host) => hostOf(host, shown, isCrowded))
  const empty = hosts.filter(({ rows }) => rows.length === 0)
  const isLong = empty.length > maxEmptyHosts
  const { links, notes } = chooseLinks(shown.map(({ network, run }) => ({ network, pairs: run?.pairs ?? [] })))
  return {
    networks: shown.map((network) => network.head()),
    hosts: isLong ? hosts.filter(({ rows }) => rows.length > 0) : hosts,
    links,
    notes: [
      ...(isCrowded
        ? [
            `${count(all, 'container')} are too many to draw each: hosts show how many they have, and which of them fail.`,
          ]
        : []),
      ...(isLong
        ? [
            `${empty.length} more hosts have no container on these networks: ${enumerate(empty.map(({ name }) => name))}.`,
          ]
        : []),
      ...notes,
    ],
  }
}

/** A network with its test, sorted so that each member is found without a search. */
class DrawnNetwork {
  readonly network: FleetNetwork
  readonly run: ConnectivityRun | undefined
  readonly #byHost: ReadonlyMap<string, readonly NetworkMember[]>
  readonly #byPeer = new Map<string, PairCounts>()
  /** By host: pairs with other hosts, and pairs within it. The way between hosts is what a branch stands for. */
  readonly #between = new Map<string, PairCounts>()
  readonly #within = new Map<string, PairCounts>()

  constructor(network: FleetNetwork, run: ConnectivityRun | undefined) {
    this.network = network
    this.run = run
    this.#byHost = groupBy(network.members, ({ hostId }) => hostId)
    for (const pair of run?.pairs ?? []) this.#count(pair)
  }

  head(): TopologyNetwork {
    const { key, name, subnets, isEncrypted, members } = this.network
    const counts = (this.run?.pairs ?? []).reduce((sum, { result }) => countPair(sum, result), noPairs)
    return {
      ...{ key, name, isEncrypted },
      subnets: subnets.map(({ subnet }) => subnet),
      members: members.length,
      state: stateOf(counts),
      verdict: this.run === undefined ? 'not tested yet' : summarize(this.run).sentence,
    }
  }

  row(host: Host, isCrowded: boolean): readonly TopologyRow[] {
    const own = this.#byHost.get(host.id)
    if (own === undefined) return []
    const members = own.map((member) => this.#member(member)).toSorted(failingFirst)
    const failing = members.filter(({ state }) => state === 'fail').length
    const room = isCrowded ? Math.min(failing, maxFailingPerRow) : maxMembersPerRow
    // A count of one takes the room of a name.
    const drawn = !isCrowded && members.length === room + 1 ? members : members.slice(0, room)
    const counts = this.#between.get(host.id) ?? this.#within.get(host.id) ?? noPairs
    return [
      {
        networkKey: this.network.key,
        network: this.network.name,
        members: drawn,
        hidden: members.length - drawn.length,
        state: stateOf(counts),
        counts,
      },
    ]
  }

  #member({ containerId, container, address, isRunning, hostId }: NetworkMember): TopologyMember {
    const counts = this.#byPeer.get(`${hostId} ${containerId}`) ?? noPairs
    return {
      ...{ containerId, name: container, isRunning, state: stateOf(counts), counts },
      ...(address !== undefined && address !== '' && { address }),
    }
  }

  /** Counted at both ends: whoever cannot be reached is as much concerned as who asks. */
  #count({ from, to, result }: PairResult): void {
    for (const { hostId, containerId } of [from, to]) {
      const id = `${hostId} ${containerId}`
      this.#byPeer.set(id, countPair(this.#byPeer.get(id) ?? noPairs, result))
    }
    const counts = from.hostId === to.hostId ? this.#within : this.#between
    for (const hostId of new Set([from.hostId, to.hostId]))
      counts.set(hostId, countPair(counts.get(hostId) ?? noPairs, result))
  }
}

function hostOf(host: Host, networks: readonly DrawnNetwork[], isCrowded: boolean): TopologyHost {
  const { id, name, address, state, role, isLeader } = host
  return {
    ...{ id, name, address, state },
    role: [role, isLeader ? 'leader' : undefined].filter((part) => part !== undefined).join(', '),
    rows: networks.flatMap((network) => network.row(host, isCrowded)),
  }
}

function failingFirst(a: TopologyMember, b: TopologyMember): number {
  return Number(b.state === 'fail') - Number(a.state === 'fail') || byName(a, b)
}
