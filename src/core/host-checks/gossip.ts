import type { NetworkView } from '../model/network-view'
import type { HostReading, HostsReading } from './hosts-reading'

/**
 * The hosts that one gossips with, as its engine lists them at the networks it has: at the tested one only those that have
 * it, too, and at the ingress network those that have said so by now. Whoever is in one of the lists is heard.
 *
 * @returns undefined where no list names anybody
 */
export function heardPeers(views: readonly (Pick<NetworkView, 'peers'> | undefined)[]): HostReading['gossip'] {
  const peers = new Set(views.flatMap((view) => view?.peers ?? []))
  return peers.size > 0 ? [...peers] : undefined
}

/** A host, and those that do not know of it. */
export interface GossipGap {
  readonly host: HostReading
  /** Hosts whose list of peers lacks it. */
  readonly missedBy: readonly HostReading[]
  /** Hosts that its own list lacks. */
  readonly misses: readonly HostReading[]
}

/**
 * Hosts that are missing from other hosts' lists of peers, the culprits first. A host behind a closed port keeps its own
 * list for two and a half minutes (measured with Docker 20.10), while the others drop it within seconds: so it is the one
 * that more of the others miss.
 */
export function gossipGaps(reading: HostsReading): readonly GossipGap[] {
  const speaking = speakingHosts(reading)
  const gaps = speaking.map((host) => ({
    host,
    missedBy: speaking.filter((other) => other !== host && other.gossip?.includes(host.address) === false),
    misses: speaking.filter((other) => other !== host && host.gossip?.includes(other.address) === false),
  }))
  const most = Math.max(0, ...gaps.map(({ missedBy }) => missedBy.length))
  if (most === 0 || isolatedHosts(reading).length > 0) return []
  const found = gaps.filter(({ missedBy }) => missedBy.length === most)
  // Of two hosts that miss each other neither is more to blame; of more, the one that still has the full list.
  const keeping = found.filter(({ misses }) => misses.length === 0)
  return keeping.length > 0 ? keeping : found
}

/** All hosts, where none of them knows of any other; empty otherwise. */
export function isolatedHosts(reading: HostsReading): readonly HostReading[] {
  const speaking = speakingHosts(reading)
  const isEachAlone = speaking.every(({ gossip, address }) => gossip?.every((peer) => peer === address))
  return speaking.length > 1 && isEachAlone ? speaking : []
}

function speakingHosts({ hosts }: HostsReading): readonly HostReading[] {
  return hosts.filter(({ gossip, address }) => gossip !== undefined && address !== '')
}

/** Whether these hosts know of each other. Undefined where nothing tells. */
export function isGossipWhole({ hosts }: HostsReading, hostIds: ReadonlySet<string>): boolean | undefined {
  const own = hosts.filter(({ hostId }) => hostIds.has(hostId))
  if (own.length < hostIds.size || own.some(({ gossip, address }) => !gossip || address === '')) return undefined
  return own.every(({ gossip }) => own.every(({ address }) => gossip?.includes(address)))
}

/** The dials to a port of one host, from the others. */
export function dialsTo({ hosts }: HostsReading, target: HostReading, port: number) {
  return hosts
    .filter((host) => host !== target)
    .flatMap(({ name, local }) =>
      (local?.dials ?? [])
        .filter((dial) => dial.address === target.address && dial.port === port)
        .map((dial) => ({ from: name, ...dial })),
    )
}
