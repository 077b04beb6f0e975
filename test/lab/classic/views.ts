import { listedName, namesOf, type Cluster, type Placed, type SeenNetwork } from './cluster'
import type { ManagedEngine, Raw } from './managed-engine'
import { tableOf } from './node-table'
import { cast, type Shape } from './shape'

/** Any version that a client may name. */
const newest = 99

/** What the manager says instead of an engine's "any address". */
const anyAddress = new Set(['0.0.0.0', '::', ''])

/** The engine in an inspected container, network or volume. */
export function nodeOf({ generation }: Cluster, engine: ManagedEngine): Raw {
  const { version } = generation
  const { info, ip, name, api } = engine
  return {
    ID: `${info?.ID ?? ''}${version === '1.2.9' ? `|${api.address}` : ''}`,
    IP: ip,
    Addr: api.address,
    Name: name,
    Cpus: info?.NCPU ?? 0,
    Memory: info?.MemTotal ?? 0,
    Labels: engine.labels(version !== '1.2.9'),
  }
}

export interface InfoOptions {
  /** Of the machine that the manager runs on. */
  readonly hostName: string
  /** In which the client asks; absent: in the manager's own. */
  readonly apiVersion?: number
  /** The primary's address, for a replica. */
  readonly primary?: string
}

/** `GET /info`. */
export function infoView(cluster: Cluster, { hostName, apiVersion = newest, primary }: InfoOptions): unknown {
  const { generation, engines, containers } = cluster
  const healthy = cluster.healthy
  const count = (state: string) =>
    containers.filter(({ engine, container }) => engine.isHealthy && container.State === state).length
  const info = {
    Containers: containers.length,
    ContainersRunning: count('running'),
    ContainersPaused: count('paused'),
    ContainersStopped: containers.length - count('running') - count('paused'),
    Images: engines.flatMap(({ images }) => images).length,
    MemoryLimit: true,
    SwapLimit: true,
    IPv4Forwarding: true,
    SystemTime: new Date().toISOString(),
    NCPU: healthy.reduce((sum, { info: own }) => sum + (own?.NCPU ?? 0), 0),
    MemTotal: healthy.reduce((sum, { info: own }) => sum + (own?.MemTotal ?? 0), 0),
    Name: hostName,
    ServerVersion: generation.version === '1.1.0' ? '' : `swarm/${generation.version}`,
    OperatingSystem: 'linux',
    Architecture: 'amd64',
  }
  const whole = cast(info, generation.structs.info) as Raw
  const isOldLayout = apiVersion <= generation.oldTableUpTo
  const table = tableOf(cluster, { isOldLayout, ...(primary !== undefined && { primary }) })
  return { ...whole, [isOldLayout ? 'DriverStatus' : 'SystemStatus']: table }
}

/** `GET /containers/json`. */
export function containerList(cluster: Cluster, query: URLSearchParams): unknown {
  const { generation } = cluster
  const isAll = ['1', 'true', 'True'].includes(query.get('all') ?? '')
  const filters = generation.version === '1.2.9' ? filtersOf(query) : {}
  const isWanted = (placed: Placed): boolean => {
    const { engine, container } = placed
    const networks = Object.keys((container['NetworkSettings'] as { Networks?: object } | undefined)?.Networks ?? {})
    return (
      (isAll ||
        (engine.isHealthy &&
          ['running', 'paused'].includes(container.State) &&
          !/^swarm(:|$)/.test(container.Image))) &&
      (filters['node']?.includes(engine.name) ?? true) &&
      (filters['network']?.some((each) => networks.includes(each)) ?? true)
    )
  }
  return cluster.containers
    .filter(isWanted)
    .toSorted((a, b) => b.container.Created - a.container.Created)
    .map((placed) => listed(placed, generation.structs.container))
}

function listed({ engine, container }: Placed, struct: Shape): unknown {
  const Ports = ((container['Ports'] as readonly Raw[] | null) ?? []).map((port) =>
    port['IP'] === '0.0.0.0' ? { ...port, IP: engine.ip } : port,
  )
  return cast(
    {
      ...container,
      Names: namesOf(container).map((name) => `/${engine.name}/${name}`),
      Ports,
      ...(engine.isHealthy ? {} : { Status: 'Host Down' }),
    },
    struct,
  )
}

/** `GET /containers/ID/json`. */
export function inspectedView(cluster: Cluster, engine: ManagedEngine, answer: Raw): unknown {
  const settings = answer['NetworkSettings'] as Raw
  const ports = Object.entries((settings['Ports'] ?? {}) as Readonly<Record<string, readonly Raw[] | null>>)
  const Ports = Object.fromEntries(
    ports.map(([port, bindings]) => [
      port,
      bindings?.map((binding) =>
        anyAddress.has(String(binding['HostIp'])) ? { ...binding, HostIp: engine.ip } : binding,
      ) ?? null,
    ]),
  )
  const whole = { ...answer, NetworkSettings: { ...settings, Ports }, Node: nodeOf(cluster, engine) }
  return cast(whole, cluster.generation.structs.inspected)
}

/** `GET /networks`: which filters count differs from version to version. */
export function networkList(cluster: Cluster, query: URLSearchParams): unknown {
  const { generation } = cluster
  const { name, driver, type, node } = filtersOf(query)
  const isNew = generation.version === '1.2.9'
  const isOwn = ({ network: { Name } }: SeenNetwork) => !['bridge', 'host', 'none'].includes(Name)
  const byName = (seen: SeenNetwork): boolean => {
    if (name === undefined) return true
    if (generation.version === '1.0.0') return false
    return isNew
      ? name.some((each) => listedName(seen).includes(each))
      : name.some((each) => cluster.network(each)?.network.Id === seen.network.Id)
  }
  return cluster.networks
    .filter(
      (seen) =>
        byName(seen) &&
        (type === undefined || generation.version === '1.0.0' || !type.includes('custom') || isOwn(seen)) &&
        (!isNew || driver === undefined || driver.includes(seen.network.Driver)) &&
        (!isNew || node === undefined || seen.network.Scope === 'global' || node.includes(seen.engines[0].name)),
    )
    .map((seen) => cast({ ...merged(cluster, seen), Name: listedName(seen) }, generation.structs.listedNetwork))
}

/** `GET /networks/ID`. */
export function networkView(cluster: Cluster, seen: SeenNetwork): unknown {
  const [engine] = seen.engines
  const whole = { ...merged(cluster, seen), Engine: nodeOf(cluster, engine) }
  return cast(whole, cluster.generation.structs.network)
}

/** Version 1.0 takes what one engine says, 1.1 all that engines say, and 1.2 leaves out what others know better. */
function merged({ generation }: Cluster, { network, engines }: SeenNetwork): Raw {
  if (generation.version === '1.1.0') return network
  if (generation.version === '1.0.0') return engines.at(-1)!.networks.find(({ Id }) => Id === network.Id) ?? network
  const members = Object.entries(network.Containers ?? {}).filter(([id]) => !id.startsWith('ep-'))
  return { ...network, Containers: Object.fromEntries(members) }
}

/** `GET /volumes`; each engine's own, called by its name from 1.2 on. */
export function volumeList(cluster: Cluster): unknown {
  const { version, structs } = cluster.generation
  const all = cluster.engines.flatMap((engine) => engine.volumes.map((volume) => ({ engine, volume })))
  const listedVolumes = all.map(({ engine, volume }) => {
    const name = String(volume['Name'])
    const Name = version === '1.0.0' ? name : `${engine.name}/${name}`
    return cast({ ...volume, Name, Engine: nodeOf(cluster, engine) }, structs.listedVolume)
  })
  const none = version === '1.0.0' ? [] : null
  const Volumes = listedVolumes.length === 0 ? none : listedVolumes
  return version === '1.2.9' ? { Volumes, Warnings: null } : { Volumes }
}

function filtersOf(query: URLSearchParams): Readonly<Record<string, readonly string[]>> {
  const given = JSON.parse(query.get('filters') ?? '{}') as Readonly<
    Record<string, readonly string[] | Readonly<Record<string, boolean>>>
  >
  return Object.fromEntries(
    Object.entries(given).map(([name, values]) => [
      name,
      Array.isArray(values) ? (values as readonly string[]) : Object.keys(values),
    ]),
  )
}
