import type { EngineSnapshot } from '../model/engine'
import type { Container } from '../model/container'
import type { Host } from '../model/host'
import { isOverlay, type EngineNetwork, type FleetNetwork, type NetworkMember } from '../model/network'

/** A container's place on a network, before it is known which host's it is. */
interface LocalMember {
  readonly networkId: string
  readonly networkName: string
  readonly member: Omit<NetworkMember, 'hostId' | 'host'>
}

/**
 * Joins the networks of all ready hosts: overlays by ID over all hosts, local ones each by itself. Members come from the
 * containers' attachments, because those name stopped containers too and need no call per network.
 */
export function mergeNetworks(hosts: readonly Host[]): readonly FleetNetwork[] {
  const drafts = new Map<string, Draft>()
  const ready = hosts.flatMap((host) => (host.engine ? [{ host, engine: host.engine }] : []))
  for (const { host, engine } of ready) {
    for (const network of engine.networks) {
      const key = networkKey(host.id, network)
      const draft = drafts.get(key) ?? new Draft(key, network)
      drafts.set(key, draft)
      draft.seenOn(host, engine, network)
    }
  }
  const overlaysByName = indexByName(drafts)
  for (const { host, engine } of ready) {
    for (const local of localMembers(engine)) {
      const draft =
        drafts.get(local.networkId) ??
        drafts.get(`${host.id}/${local.networkId}`) ??
        // Not even its engine lists the network: a worker that does not use it yet.
        (local.networkId === '' ? overlaysByName.get(local.networkName) : undefined)
      draft?.add(host, local.member)
    }
  }
  return [...drafts.values()]
    .map((draft) => draft.finish())
    .sort((a, b) => a.name.localeCompare(b.name, 'en') || a.key.localeCompare(b.key, 'en'))
}

/** The key of a network in the fleet: its ID, and for a local network the host's too. */
export function networkKey(hostId: string, network: Pick<EngineNetwork, 'id' | 'driver' | 'scope'>): string {
  return isOverlay(network) ? network.id : `${hostId}/${network.id}`
}

class Draft {
  readonly #key: string
  readonly #members: NetworkMember[] = []
  readonly #hosts = new Map<string, string>()
  #network: EngineNetwork
  #isFromManager = false

  constructor(key: string, network: EngineNetwork) {
    this.#key = key
    this.#network = network
  }

  get name(): string {
    return this.#network.name
  }

  get isOverlay(): boolean {
    return isOverlay(this.#network)
  }

  /** A manager knows all of a swarm network; a worker only what its tasks need; an engine with a silent store nothing new. */
  seenOn(host: Host, engine: EngineSnapshot, network: EngineNetwork): void {
    this.#hosts.set(host.id, host.name)
    if (this.#isFromManager || (network.isUnlisted === true && this.#network.isUnlisted !== true)) return
    this.#network = network
    this.#isFromManager = engine.info.swarm.isManager
  }

  add(host: Host, member: LocalMember['member']): void {
    this.#hosts.set(host.id, host.name)
    this.#members.push({ ...member, hostId: host.id, host: host.name })
  }

  finish(): FleetNetwork {
    return {
      ...this.#network,
      key: this.#key,
      hostIds: [...this.#hosts.keys()],
      hosts: [...this.#hosts.values()],
      members: this.#members.sort(
        (a, b) => a.container.localeCompare(b.container, 'en', { numeric: true }) || a.host.localeCompare(b.host, 'en'),
      ),
    }
  }
}

/** Overlays by name, where the name is unambiguous. */
function indexByName(drafts: ReadonlyMap<string, Draft>): ReadonlyMap<string, Draft> {
  const byName = new Map<string, Draft | undefined>()
  for (const draft of drafts.values())
    if (draft.isOverlay) byName.set(draft.name, byName.has(draft.name) ? undefined : draft)
  return new Map([...byName].flatMap(([name, draft]) => (draft ? [[name, draft] as const] : [])))
}

/** What one engine contributes does not depend on the others: kept per snapshot, so only a changed host costs work. */
const membersByEngine = new WeakMap<EngineSnapshot, readonly LocalMember[]>()

function localMembers(engine: EngineSnapshot): readonly LocalMember[] {
  const known = membersByEngine.get(engine)
  if (known) return known
  const members = engine.containers.flatMap((container) => membersOf(container, engine))
  membersByEngine.set(engine, members)
  return members
}

function membersOf(container: Container, engine: EngineSnapshot): LocalMember[] {
  return container.attachments.map(({ networkId, networkName, address }) => ({
    // A container that was never started names its network without an ID; an engine's own networks have unique names.
    networkId: networkId === '' ? (engine.networks.find(({ name }) => name === networkName)?.id ?? '') : networkId,
    networkName,
    member: {
      containerId: container.id,
      container: container.name,
      isRunning: container.state === 'running',
      ...(address !== undefined && { address }),
    },
  }))
}
