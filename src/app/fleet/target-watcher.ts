import { connectionOutcome } from '../../core/connection-step'
import { SwarmNetworksError, describeError, type ErrorCode } from '../../core/errors'
import { retryDelay } from '../../core/fleet/retry-delay'
import type { EngineSnapshot } from '../../core/model/engine'
import type { EngineIdentity, HostFailure, TargetSnapshot } from '../../core/model/host'
import type { Target } from '../../core/model/target'
import type { Clock, Log } from '../../core/ports/environment'
import type { EngineClient, EngineConnector, EngineEvent } from '../../core/ports/engine'
import { EngineReader } from './engine-reader'
import { readEngine } from './read-engine'

const trustCodes: readonly ErrorCode[] = [
  'unauthorized',
  'host-key-unknown',
  'host-key-changed',
  'certificate',
  'permission-denied',
]

export interface WatcherContext {
  readonly connector: EngineConnector
  readonly clock: Clock
  readonly log: Log
  /** Called after each change of `snapshot`. */
  readonly onChange: () => void
  /** Called when an event says that tasks of the host's swarm may have changed. */
  readonly onTaskEvent: () => void
  /** Called when an engine with a key-value store says that something happened to a network that may be the store's. */
  readonly onStoreEvent: (event: NetworkEvent) => void
}

type NetworkEvent = Extract<EngineEvent, { readonly kind: 'network' }>

/** Drivers whose networks no store knows. */
const localDrivers: readonly (string | undefined)[] = ['bridge', 'host', 'macvlan', 'ipvlan', 'null']

/**
 * Keeps one target's snapshot true: connects, reads once, follows the event stream, reads again what the events name,
 * and when the stream is lost starts over with a backoff that never gives up. Nothing is asked while nothing happens.
 */
export class TargetWatcher {
  readonly #context: WatcherContext
  readonly #end = new AbortController()
  #snapshot: TargetSnapshot
  #client: EngineClient | undefined
  /** Ends the wait before the next try, or makes a live session read everything again. */
  #poke: () => void = () => undefined
  #reader: EngineReader | undefined

  constructor(target: Target, context: WatcherContext) {
    this.#context = context
    this.#snapshot = unconnected(target, context.clock.now())
  }

  get snapshot(): TargetSnapshot {
    return this.#snapshot
  }

  /** The open engine, while the target is ready. */
  get client(): EngineClient | undefined {
    return this.#client
  }

  start(): void {
    if (this.#snapshot.state === 'connecting') void this.#run()
  }

  /** Tries now, or reads everything again. */
  refresh(): void {
    this.#poke()
  }

  /** Reads the services and tasks of the swarm again, where this is a manager that answers. */
  readServices(): void {
    this.#reader?.readServices()
  }

  /**
   * Takes note of what another engine with a key-value store announced: each tells only what it did itself (Docker
   * 20.10), so a network that one made or removed is news to the others. Where it is none, nothing is asked.
   */
  noteStoreEvent(event: NetworkEvent): void {
    if (!this.#hasStore()) return
    const networks = this.#snapshot.engine?.networks ?? []
    const isListed = networks.some(({ id, isUnlisted }) => id === event.networkId && isUnlisted !== true)
    if (isListed === (event.action === 'destroy')) this.#reader?.add(withoutContainer(event))
  }

  /** Keeps an engine's words on why its key-value store failed it, until it lists a network of the store again. */
  noteStoreFailure(message: string): void {
    if (!this.#hasStore()) return
    this.#publish({ ...this.#snapshot, storeFailure: { message, at: this.#context.clock.now() } })
    this.#reader?.readAll()
  }

  #hasStore(): boolean {
    return this.#snapshot.engine?.info.clusterStore !== undefined
  }

  dispose(): void {
    this.#end.abort()
    this.#poke()
  }

  /** A method, because the compiler takes a flag that was false once for false until it is written. */
  #isOver(): boolean {
    return this.#end.signal.aborted
  }

  async #run(): Promise<void> {
    let failures = 0
    while (!this.#isOver()) {
      let delay: number | undefined
      try {
        await this.#session(() => (failures = 0))
      } catch (error) {
        if (this.#isOver()) return
        const code = error instanceof SwarmNetworksError ? error.code : 'protocol'
        delay = retryDelay(code, failures++)
        this.#fail(error, { code, delay })
      }
      await this.#wait(delay)
    }
  }

  /** One connection from its opening to its loss, which is an error always. */
  async #session(onReady: () => void): Promise<never> {
    const { connector, log } = this.#context
    const { target } = this.#snapshot
    const client = await connector.connect(target, this.#end.signal)
    const session = new AbortController()
    const signal = AbortSignal.any([session.signal, this.#end.signal])
    try {
      // The stream is opened before the full read, so that nothing which happens in between is missed.
      const events = await client.system.events(signal)
      const engine = await readEngine(client, signal)
      this.#client = client
      const { way, certificates = [] } = client
      const tls = certificates.length > 0 && { certificates }
      this.#publish({ target, state: 'ready', engine, way, ...tls, lastKnown: identityOf(engine) })
      onReady()
      log.info(`${target.name}: connected, Docker ${engine.info.version}, API ${client.apiVersion}`)
      return await this.#follow(client, { events, signal })
    } finally {
      this.#client = undefined
      this.#reader = undefined
      session.abort()
      client.close()
    }
  }

  /** Follows the events until the stream or a read fails. */
  async #follow(
    client: EngineClient,
    { events, signal }: { readonly events: AsyncIterable<EngineEvent>; readonly signal: AbortSignal },
  ): Promise<never> {
    return new Promise<never>((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(ended()), { once: true })
      const reader = new EngineReader({
        client,
        clock: this.#context.clock,
        signal,
        current: () => this.#snapshot.engine,
        onRead: (engine) => this.#publish(readAnew(this.#snapshot, engine)),
        onFail: reject,
      })
      this.#reader = reader
      if (this.#snapshot.engine) reader.askSilentStore(this.#snapshot.engine)
      this.#poke = () => reader.readAll()
      const listen = async () => {
        for await (const event of events) {
          reader.add(event)
          if (concernsTasks(event)) this.#context.onTaskEvent()
          if (event.kind === 'network' && this.#hasStore() && !localDrivers.includes(event.driver))
            this.#context.onStoreEvent(event)
        }
        throw new SwarmNetworksError('unreachable', 'The engine closed its event stream', {
          host: this.#snapshot.target.name,
          remedy: 'It was stopped or restarted; it is tried again by itself.',
        })
      }
      listen().catch(reject)
    })
  }

  #fail(error: unknown, { code, delay }: { readonly code: ErrorCode; readonly delay: number | undefined }): void {
    const { clock, log } = this.#context
    const { target, failure: last, lastKnown } = this.#snapshot
    const now = clock.now()
    const failure: HostFailure = {
      code,
      message: describeError(error),
      ...(SwarmNetworksError.is(error) && error.step !== undefined && { step: error.step }),
      ...stepsOf(error, target),
      // The same trouble goes on, whatever its newest words are.
      since: last?.since ?? now,
      ...(delay !== undefined && { nextTryAt: now + delay }),
    }
    if (failure.message !== last?.message) log.warn(`${target.name}: ${failure.message}`)
    const state = trustCodes.includes(code) ? 'unauthorized' : 'unreachable'
    this.#publish({ target, state, failure, ...(lastKnown && { lastKnown }) })
  }

  async #wait(ms: number | undefined): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = ms === undefined ? undefined : this.#context.clock.after(ms, resolve)
      this.#poke = () => {
        timer?.dispose()
        resolve()
      }
    })
    this.#poke = () => undefined
  }

  #publish(snapshot: TargetSnapshot): void {
    this.#snapshot = snapshot
    if (!this.#end.signal.aborted) this.#context.onChange()
  }
}

/** Whether tasks may be in another state now, at this host or elsewhere. */
function concernsTasks(event: EngineEvent): boolean {
  if (event.kind === 'container') return event.taskId !== undefined
  return event.kind === 'service' || event.kind === 'node'
}

/** Where no way in is known there is nothing to try: its source says so when that changes. */
function unconnected(target: Target, now: number): TargetSnapshot {
  const { endpoint, isDisabled } = target
  if (isDisabled) return { target, state: 'disabled' }
  if (endpoint.kind !== 'none') return { target, state: 'connecting' }
  return { target, state: 'unreachable', failure: { code: 'unreachable', message: endpoint.reason, since: now } }
}

/** With several ways in the failure is one way's, and its step is not one of them all. */
function stepsOf(error: unknown, { endpoint, otherEndpoints = [] }: Target): Pick<HostFailure, 'steps'> {
  if (!(error instanceof SwarmNetworksError) || otherEndpoints.length > 0) return {}
  const steps = connectionOutcome(endpoint, error.step)
  return steps.length > 0 ? { steps } : {}
}

/** Nobody sees it: it only unwinds a session whose watcher was disposed. */
function ended(): SwarmNetworksError {
  return new SwarmNetworksError('cancelled', 'The host is no longer watched')
}

/** The snapshot after a reading. An engine that lists a network of its store has reached the store. */
function readAnew({ storeFailure, ...snapshot }: TargetSnapshot, engine: EngineSnapshot): TargetSnapshot {
  const isStoreBack = engine.networks.some(({ scope, isUnlisted }) => scope === 'global' && isUnlisted !== true)
  const failure = storeFailure !== undefined && !isStoreBack && { storeFailure }
  return { ...snapshot, ...failure, engine, lastKnown: identityOf(engine) }
}

/** The container is the other engine's. */
function withoutContainer({ kind, action, networkId }: NetworkEvent): NetworkEvent {
  return { kind, action, networkId }
}

function identityOf({ info }: EngineSnapshot): EngineIdentity {
  return {
    hostName: info.hostName,
    engineVersion: info.version,
    ...(info.swarm.nodeId !== undefined && { nodeId: info.swarm.nodeId }),
    ...(info.swarm.nodeAddress !== undefined && { address: info.swarm.nodeAddress }),
    ...(info.clusterStore !== undefined && { clusterStore: info.clusterStore }),
    ...(info.swarm.state === 'active' && { role: info.swarm.isManager ? ('manager' as const) : ('worker' as const) }),
  }
}
