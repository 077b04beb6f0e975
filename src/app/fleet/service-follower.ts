import type { SwarmService } from '../../core/model/service'
import type { Clock, Disposable } from '../../core/ports/environment'

/** How long after an announcement is read: an engine tells its managers of a container's start 200 ms after it. */
const gatherMs = 500
/** The least time between two readings that events cause, in milliseconds: while somebody looks, and while nobody does. */
const pauseMs = { looking: 1_000, unseen: 5_000 } as const
/** The waits between the readings that no event causes, in milliseconds. */
const waitsMs: readonly number[] = [1_000, 2_000, 4_000, 8_000]
/** And then. */
const longestWaitMs = 15_000
/** How long after the last change it is read on, in milliseconds. */
const enduranceMs = 120_000

export interface FollowerContext {
  readonly clock: Clock
  /** Asks a manager of each swarm for its services and tasks. */
  readonly read: () => void
}

/**
 * Decides when services and tasks are read again. Managers announce services and nodes, and engines the containers that
 * they start; nobody announces the state of a task that is pending, or that runs on a node without a way in. So what was
 * announced is read once; and only while somebody looks, and not all tasks are where they should be, it is read on: with
 * growing waits, and no longer than two minutes after the last change. An idle or unseen fleet is never asked.
 */
export class ServiceFollower implements Disposable {
  readonly #context: FollowerContext
  readonly #looks = new Set<object>()
  #services: readonly SwarmService[] = []
  #timer: { readonly at: number; readonly isAnnounced: boolean; readonly stop: Disposable } | undefined
  #lastReadAt = Number.NEGATIVE_INFINITY
  #attempt = 0
  #endAt = Number.NEGATIVE_INFINITY

  constructor(context: FollowerContext) {
    this.#context = context
  }

  /** Somebody looks at services or tasks, until the result is disposed: they are read now and followed from then on. */
  look(): Disposable {
    const look = {}
    this.#looks.add(look)
    this.#startOver(0)
    return {
      dispose: () => {
        this.#looks.delete(look)
        if (this.#looks.size === 0) this.#stop()
      },
    }
  }

  /** An event said that tasks may have changed. */
  announce(): void {
    this.#startOver(gatherMs)
  }

  /** What is known by now; called with the same list while nothing changed. */
  update(services: readonly SwarmService[]): void {
    if (isSame(services, this.#services)) return
    this.#services = services
    this.#endAt = this.#now() + enduranceMs
    this.#goOn()
  }

  dispose(): void {
    this.#looks.clear()
    this.#stop()
  }

  #startOver(ms: number): void {
    this.#attempt = 0
    this.#endAt = this.#now() + enduranceMs
    const pause = this.#looks.size > 0 ? pauseMs.looking : pauseMs.unseen
    this.#plan(Math.max(this.#now() + ms, this.#lastReadAt + pause), true)
  }

  /** Plans the next reading, where there is to be one and none is planned. */
  #goOn(): void {
    if (this.#timer !== undefined || this.#looks.size === 0 || this.#isSettled()) return
    const at = this.#now() + (waitsMs[this.#attempt] ?? longestWaitMs)
    if (at > this.#endAt) return
    this.#attempt += 1
    this.#plan(at, false)
  }

  #plan(at: number, isAnnounced: boolean): void {
    // What is announced later than what is planned is read then, too: the manager may not have heard of it before.
    if (this.#timer !== undefined && this.#timer.at <= at && this.#timer.isAnnounced) return
    this.#stop()
    const stop = this.#context.clock.after(at - this.#now(), () => {
      this.#timer = undefined
      if (!isAnnounced && this.#isSettled()) return
      this.#lastReadAt = this.#now()
      this.#context.read()
      this.#goOn()
    })
    this.#timer = { at, isAnnounced, stop }
  }

  #isSettled(): boolean {
    return this.#services.every(({ isSettled }) => isSettled)
  }

  #stop(): void {
    this.#timer?.stop.dispose()
    this.#timer = undefined
  }

  #now(): number {
    return this.#context.clock.now()
  }
}

/** The lists are made anew for each fleet; the services in them only when they changed. */
function isSame(a: readonly SwarmService[], b: readonly SwarmService[]): boolean {
  return a.length === b.length && a.every((service, index) => service === b[index])
}
