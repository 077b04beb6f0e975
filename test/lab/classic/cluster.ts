import type { Generation } from './generation'
import { ManagedEngine, type EngineEvent, type ListedContainer, type ListedNetwork } from './managed-engine'

/** A container and the engine that it is on. */
export interface Placed {
  readonly engine: ManagedEngine
  readonly container: ListedContainer
}

/** A network; a global one on each engine that lists it. */
export interface SeenNetwork {
  readonly network: ListedNetwork
  readonly engines: readonly [ManagedEngine, ...ManagedEngine[]]
}

export interface ClusterOptions {
  /** `host:port` of each engine. */
  readonly engines: readonly string[]
  readonly refreshMs: number
  readonly failureRetries: number
  /** Chooses the engine that makes a network which is to be nowhere in particular. */
  readonly anyEngine: (engines: readonly ManagedEngine[], driver: string) => ManagedEngine | undefined
}

type Listener = (engine: ManagedEngine, event: EngineEvent) => void

/** The engines of a classic Swarm, and what its manager knows of them. */
export class Cluster {
  readonly engines: readonly ManagedEngine[]
  readonly generation: Generation
  readonly #anyEngine: ClusterOptions['anyEngine']
  readonly #listeners = new Set<Listener>()

  constructor(generation: Generation, { engines, anyEngine, ...rest }: ClusterOptions) {
    this.generation = generation
    this.#anyEngine = anyEngine
    const options = {
      ...rest,
      apiVersion: generation.engineApi,
      onEvent: (engine: ManagedEngine, event: EngineEvent) => this.#tell(engine, event),
      onState: (engine: ManagedEngine, action: string) => this.#tell(engine, stateEvent(action)),
    }
    this.engines = engines.map((address) => new ManagedEngine(address, options))
  }

  get healthy(): readonly ManagedEngine[] {
    return this.engines.filter(({ isHealthy }) => isHealthy)
  }

  async start(): Promise<void> {
    await Promise.all(this.engines.map((engine) => engine.start()))
  }

  close(): void {
    for (const engine of this.engines) engine.close()
  }

  onEvent(listener: Listener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  anyEngine(driver: string): ManagedEngine | undefined {
    return this.#anyEngine(this.healthy, driver)
  }

  get containers(): readonly Placed[] {
    return this.engines.flatMap((engine) => engine.containers.map((container) => ({ engine, container })))
  }

  /** By ID, by a name that nobody else has, by `node/name`, or by the start of an ID. */
  container(wanted: string): Placed | undefined {
    const all = this.containers
    const byId = all.filter(({ container: { Id } }) => Id === wanted)
    const byName = all.filter(({ container }) => namesOf(container).includes(wanted))
    const byNode = all.filter(({ engine, container }) =>
      namesOf(container).some((name) => `${engine.name}/${name}` === wanted),
    )
    const byPrefix = all.filter(({ container: { Id } }) => Id.startsWith(wanted))
    return [byId, byName, byNode, byPrefix]
      .find(({ length }) => length > 0)
      ?.find((_each, _index, { length }) => length === 1)
  }

  /** Each network once; what an engine lists of its own belongs to it. */
  get networks(): readonly SeenNetwork[] {
    const seen = new Map<string, SeenNetwork>()
    for (const engine of this.engines)
      for (const network of engine.networks) {
        const known = network.Scope === 'global' ? seen.get(network.Id) : undefined
        seen.set(
          network.Scope === 'global' ? network.Id : `${engine.api.address} ${network.Id}`,
          known === undefined ? { network, engines: [engine] } : joined(known, network, engine),
        )
      }
    return [...seen.values()]
  }

  /** By ID, by a name that nobody else has, by `node/name`, or by the start of an ID. */
  network(wanted: string): SeenNetwork | undefined {
    const all = this.networks
    const byId = all.filter(({ network: { Id } }) => Id === wanted)
    const byName = all.filter(({ network: { Name } }) => Name === wanted)
    const byNode = all.filter((seen) => listedName(seen) === wanted)
    const byPrefix = all.filter(({ network: { Id } }) => Id.startsWith(wanted))
    return [byId, byName, byNode, byPrefix]
      .find(({ length }) => length > 0)
      ?.find((_each, _index, { length }) => length === 1)
  }

  #tell(engine: ManagedEngine, event: EngineEvent): void {
    for (const listener of this.#listeners) listener(engine, event)
  }
}

/** What the manager calls a network. */
export const listedName = ({ network: { Name, Scope }, engines: [{ name }] }: SeenNetwork): string =>
  Scope === 'global' ? Name : `${name}/${Name}`

/** Without the slash before them. */
export const namesOf = ({ Names }: ListedContainer): readonly string[] => Names.map((name) => name.replace(/^\//, ''))

/** Each engine names a network's endpoints on others by `ep-` and their IDs. */
function joined({ network, engines }: SeenNetwork, other: ListedNetwork, engine: ManagedEngine): SeenNetwork {
  return {
    network: { ...network, Containers: { ...network.Containers, ...other.Containers } },
    engines: [...engines, engine],
  }
}

function stateEvent(action: string): EngineEvent {
  const now = Date.now()
  return {
    status: action,
    from: 'swarm',
    Type: 'swarm',
    Action: action,
    Actor: { ID: '', Attributes: {} },
    time: Math.floor(now / 1000),
    timeNano: now * 1e6,
  }
}
