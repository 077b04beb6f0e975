import type { Fleet } from '../model/fleet'
import type { Host } from '../model/host'
import type { FleetNetwork } from '../model/network'
import { storeKey } from '../targets/store-url'
import { isReady, swarmsOf, type ReadyHost } from './swarms'

/** Hosts that can have overlay networks in common. */
export interface Cluster {
  /** `swarm`: a swarm's managers keep the networks; `store`: a key-value store does; `classic`: that, with a manager of a classic Swarm in front. */
  readonly kind: 'swarm' | 'store' | 'classic'
  /** Who makes and removes networks, in the order in which they should be asked. At least one. */
  readonly makers: readonly [ReadyHost, ...ReadyHost[]]
  /** Every host of it, also those that cannot be reached. Not among them: a classic Swarm's manager, which is no engine. */
  readonly hosts: readonly Host[]
}

type Hosts = Pick<Fleet, 'hosts'>

/** The clusters of a fleet in which somebody can be asked to make a network. */
export function clustersOf(fleet: Hosts): readonly Cluster[] {
  return [
    ...swarmsOf(fleet).map(({ managers, hosts }) => ({ kind: 'swarm', makers: managers, hosts }) as const),
    ...storeClusters(fleet),
  ]
}

/** The cluster that a network belongs to; undefined for local ones, and where nobody of it can be asked. */
export function clusterOfNetwork(
  fleet: Hosts,
  { scope, hostIds }: Pick<FleetNetwork, 'scope' | 'hostIds'>,
): Cluster | undefined {
  if (scope === 'local') return undefined
  return clustersOf(fleet).find(({ kind, makers, hosts }) => {
    // A worker does not say which swarm it is in: only a manager's word counts.
    if (kind === 'swarm') return scope === 'swarm' && makers.some(({ id }) => hostIds.includes(id))
    return scope === 'global' && [...makers, ...hosts].some(({ id }) => hostIds.includes(id))
  })
}

/** The cluster that a host is in, with this host asked first where it can be. */
export function clusterOfHost(fleet: Hosts, hostId: string): Cluster | undefined {
  const cluster = clustersOf(fleet).find(({ makers, hosts }) => [...makers, ...hosts].some(({ id }) => id === hostId))
  const own = cluster?.makers.find(({ id }) => id === hostId)
  if (cluster === undefined || own === undefined) return cluster
  return { ...cluster, makers: [own, ...cluster.makers.filter((maker) => maker !== own)] }
}

/** Hosts of a cluster that could not be asked, so that nothing is known of their own networks. */
export function uncheckedHosts(cluster: Cluster): readonly Host[] {
  return cluster.hosts.filter((host) => !isReady(host))
}

/** For a sentence: `swarm`, `key-value store` or `classic Swarm`. */
export const clusterWords: Readonly<Record<Cluster['kind'], string>> = {
  swarm: 'swarm',
  store: 'key-value store',
  classic: 'classic Swarm',
}

/** Hosts that are known to share a store: by its URL, by a network that only a common store can explain, or by a manager. */
interface Group {
  readonly keys: Set<string>
  readonly hosts: Host[]
}

function storeClusters({ hosts }: Hosts): readonly Cluster[] {
  let groups: readonly Group[] = []
  for (const host of hosts) {
    const keys = keysOf(host)
    if (keys.length === 0) continue
    const same = groups.filter((group) => keys.some((key) => group.keys.has(key)))
    const joined: Group = {
      keys: new Set([...same.flatMap((group) => [...group.keys]), ...keys]),
      hosts: [...same.flatMap((group) => group.hosts), host],
    }
    groups = [...groups.filter((group) => !same.includes(group)), joined]
  }
  return groups.flatMap((group) => clusterOf(group) ?? [])
}

/** What a host has in common with the others of its store; empty where it has none. */
function keysOf({ id, clusterStore, classic, engine }: Host): readonly string[] {
  const isManager = engine?.info.classic !== undefined
  if (clusterStore === undefined && classic === undefined && !isManager) return []
  const store = clusterStore === undefined ? undefined : storeKey(clusterStore)
  const global = engine?.networks.filter(({ scope }) => scope === 'global') ?? []
  return [
    `host:${id}`,
    ...(store === undefined ? [] : [`store:${store}`]),
    ...(classic === undefined ? [] : [`host:${classic.managerId}`]),
    ...global.map((network) => `network:${network.id}`),
  ]
}

function clusterOf({ hosts }: Group): Cluster | undefined {
  const ready = hosts.filter(isReady)
  const managers = ready.filter(({ engine }) => engine.info.classic !== undefined).sort(primaryFirst)
  const engines = ready.filter(({ engine }) => engine.info.clusterStore !== undefined).sort(byName)
  const [first, ...others] = [...managers, ...engines]
  if (first === undefined) return undefined
  return {
    kind: managers.length === 0 ? 'store' : 'classic',
    makers: [first, ...others],
    hosts: hosts.filter((host) => host.engine?.info.classic === undefined).sort(byName),
  }
}

function primaryFirst(a: ReadyHost, b: ReadyHost): number {
  const rank = ({ engine }: ReadyHost) => Number(engine.info.classic?.role !== 'primary')
  return rank(a) - rank(b) || byName(a, b)
}

function byName(a: Host, b: Host): number {
  return a.name.localeCompare(b.name, 'en')
}
