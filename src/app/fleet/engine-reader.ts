import { SwarmNetworksError } from '../../core/errors'
import { PendingChanges } from '../../core/fleet/pending-changes'
import { retryDelay } from '../../core/fleet/retry-delay'
import type { EngineSnapshot } from '../../core/model/engine'
import type { Clock, Disposable } from '../../core/ports/environment'
import type { EngineClient, EngineEvent } from '../../core/ports/engine'
import { readEngine, rereadEngine } from './read-engine'

/** How long events are gathered before what they name is read: a container's start is four events within 10 ms. */
const gatherMs = 50

/**
 * How often in a row an engine may be too slow to answer before its connection is given up. Giving it up ends the
 * terminals that are open on it, and an engine that starts many containers at once is slow and not lost.
 */
const patience = 3

export interface EngineReaderContext {
  readonly client: EngineClient
  readonly clock: Clock
  /** Ends with the connection. */
  readonly signal: AbortSignal
  /** What was read last. */
  readonly current: () => EngineSnapshot | undefined
  readonly onRead: (engine: EngineSnapshot) => void
  /** Called once, when reading on makes no sense. */
  readonly onFail: (error: unknown) => void
}

/** Reads again what an engine's events name: bursts gathered, one read at a time. */
export class EngineReader {
  readonly #context: EngineReaderContext
  readonly #pending = new PendingChanges()
  #isReading = false
  #isFullReadDue = false
  #timeouts = 0
  #storeTries = 0
  #storeTimer: Disposable | undefined

  constructor(context: EngineReaderContext) {
    this.#context = context
    context.signal.addEventListener('abort', () => this.#storeTimer?.dispose(), { once: true })
  }

  /** Takes note of an event; what it names is read shortly after. */
  add(event: EngineEvent): void {
    if (this.#pending.isEmpty) this.#context.clock.after(gatherMs, () => this.#read())
    this.#pending.add(event)
  }

  /** Reads the services and tasks of the swarm again, with whatever else is due. */
  readServices(): void {
    this.#pending.addServices()
    this.#read()
  }

  /** Reads everything now. */
  readAll(): void {
    this.#isFullReadDue = true
    this.#read()
  }

  #read(): void {
    if (this.#isReading || this.#context.signal.aborted) return
    this.#isReading = true
    this.#readWhatIsDue()
      .catch((error: unknown) => this.#context.onFail(error))
      .finally(() => (this.#isReading = false))
  }

  async #readWhatIsDue(): Promise<void> {
    while (this.#isFullReadDue || !this.#pending.isEmpty) {
      try {
        const engine = await this.#readOnce()
        this.#context.onRead(engine)
        this.#timeouts = 0
        this.askSilentStore(engine)
      } catch (error) {
        this.#timeouts += 1
        if (!SwarmNetworksError.is(error, 'timeout') || this.#timeouts >= patience) throw error
        // What was to be read is forgotten by now; everything is a superset of it.
        this.#isFullReadDue = true
      }
    }
  }

  async #readOnce(): Promise<EngineSnapshot> {
    const { client, signal, current } = this.#context
    const changes = this.#pending.take()
    const engine = current()
    if (!this.#isFullReadDue && !changes.isEverything && engine)
      return rereadEngine(client, engine, { changes, signal })
    this.#isFullReadDue = false
    return readEngine(client, signal, engine)
  }

  /**
   * A key-value store that comes back is not announced. While an engine's is silent, its networks are read again after
   * growing pauses, as a host that cannot be reached is tried again.
   */
  askSilentStore({ networks }: EngineSnapshot): void {
    const { clock, signal } = this.#context
    this.#storeTimer?.dispose()
    const unlisted = networks.find(({ isUnlisted }) => isUnlisted)
    if (unlisted === undefined || signal.aborted) {
      this.#storeTries = 0
      return
    }
    const delay = retryDelay('unreachable', this.#storeTries++)
    if (delay === undefined) return
    this.#storeTimer = clock.after(delay, () => {
      this.add({ kind: 'network', action: 'ask-again', networkId: unlisted.id })
    })
  }
}
