import type { Clock, Disposable } from '../core/ports/environment'

/** One frame: what changes together is shown together. */
const frameMs = 16

/**
 * Runs an action after any number of requests for it: soon after the first, then never twice within `pauseMs`, and
 * always once more after the last.
 */
export class Coalescer implements Disposable {
  readonly #clock: Clock
  readonly #pauseMs: number
  readonly #action: () => void
  #timer: Disposable | undefined
  #lastRun = Number.NEGATIVE_INFINITY

  constructor(clock: Clock, pauseMs: number, action: () => void) {
    this.#clock = clock
    this.#pauseMs = pauseMs
    this.#action = action
  }

  request(): void {
    if (this.#timer !== undefined) return
    const pause = this.#lastRun + this.#pauseMs - this.#clock.now()
    this.#timer = this.#clock.after(Math.max(frameMs, pause), () => {
      this.#timer = undefined
      this.#lastRun = this.#clock.now()
      this.#action()
    })
  }

  dispose(): void {
    this.#timer?.dispose()
    this.#timer = undefined
  }
}
