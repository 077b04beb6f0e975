import { SwarmNetworksError } from '../../../src/core/errors'
import type { Container } from '../../../src/core/model/container'
import type { EngineSnapshot } from '../../../src/core/model/engine'
import type { Target } from '../../../src/core/model/target'
import type { EngineClient, EngineConnector, EngineEvent, TaskFilter } from '../../../src/core/ports/engine'

/** An engine whose state a test sets and whose events a test sends; it counts what was asked of it. */
export class FakeEngine {
  readonly calls: string[] = []
  snapshot: EngineSnapshot
  /** When set, connecting fails with it. */
  failure: SwarmNetworksError | undefined
  /** When set, services cannot be listed. */
  serviceFailure: SwarmNetworksError | undefined
  #queue: EngineEvent[] = []
  #wake: () => void = () => undefined
  #lost: SwarmNetworksError | undefined
  openClients = 0
  /** How many of the next lists of containers come too late. */
  lateLists = 0

  constructor(snapshot: EngineSnapshot) {
    this.snapshot = snapshot
  }

  emit(...events: readonly EngineEvent[]): void {
    this.#queue.push(...events)
    this.#wake()
  }

  /** Breaks the event stream, as a killed dockerd does. */
  lose(failure = new SwarmNetworksError('unreachable', 'The connection was lost')): void {
    this.#lost = failure
    this.#wake()
  }

  setContainers(containers: readonly Container[]): void {
    this.snapshot = { ...this.snapshot, containers }
  }

  connect(target: Target): Promise<EngineClient> {
    this.calls.push('connect')
    if (this.failure) return Promise.reject(this.failure)
    this.#lost = undefined
    this.#queue = []
    this.openClients++
    return Promise.resolve(this.#client(target))
  }

  #client(target: Target): EngineClient {
    const answer = <T>(name: string, value: () => T): Promise<T> => {
      this.calls.push(name)
      return Promise.resolve().then(value)
    }
    const pick = <T extends { readonly id: string }>(items: readonly T[], ids?: readonly string[]) =>
      ids ? items.filter(({ id }) => ids.includes(id)) : items
    const partial = {
      target,
      way: { endpoint: target.endpoint, failed: [] },
      apiVersion: '1.41',
      system: {
        info: () => answer('info', () => this.snapshot.info),
        events: () => answer('events', () => this.#events()),
      },
      containers: {
        list: (_signal: AbortSignal, ids?: readonly string[]) =>
          answer(ids ? `containers ${ids.join(',')}` : 'containers', () => {
            if (this.lateLists > 0) {
              this.lateLists--
              throw new SwarmNetworksError('timeout', 'No answer within 15 s')
            }
            return pick(this.snapshot.containers, ids)
          }),
      },
      networks: {
        list: (_signal: AbortSignal, ids?: readonly string[]) =>
          answer(ids ? `networks ${ids.join(',')}` : 'networks', () => pick(this.snapshot.networks, ids)),
      },
      swarm: {
        nodes: () => answer('nodes', () => this.snapshot.nodes),
        services: () =>
          answer('services', () => {
            if (this.serviceFailure) throw this.serviceFailure
            return this.snapshot.swarmServices?.services ?? []
          }),
        tasks: ({ desiredStates, serviceIds }: TaskFilter) =>
          answer(`tasks ${desiredStates?.join(',')}`, () => {
            const { tasks = [], failures = [] } = this.snapshot.swarmServices ?? {}
            return desiredStates?.includes('shutdown') === true
              ? failures.filter(({ serviceId }) => serviceIds?.includes(serviceId) ?? true)
              : tasks
          }),
      },
      close: () => {
        this.openClients--
      },
    }
    // Only what the fleet asks for; anything else fails the test that asks.
    return partial as unknown as EngineClient
  }

  async *#events(): AsyncGenerator<EngineEvent> {
    for (;;) {
      if (this.#lost) throw this.#lost
      const next = this.#queue.shift()
      if (next) yield next
      else await new Promise<void>((resolve) => (this.#wake = resolve))
    }
  }
}

/** Connects targets to the fake engines of the same name. */
export class FakeConnector implements EngineConnector {
  readonly engines: Readonly<Record<string, FakeEngine>>

  constructor(engines: Readonly<Record<string, FakeEngine>>) {
    this.engines = engines
  }

  connect(target: Target): Promise<EngineClient> {
    const engine = this.engines[target.name]
    if (!engine) return Promise.reject(new SwarmNetworksError('unreachable', `Nothing answers at ${target.name}`))
    return engine.connect(target)
  }
}
