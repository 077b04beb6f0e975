/** A time limit that does not run while a person is being asked. */
export class PausableDeadline {
  readonly #onPassed: () => void
  #leftMs: number
  #startedAt = 0
  #timer: NodeJS.Timeout | undefined
  #pauses = 0

  /** @param onPassed called once, after `ms` milliseconds of running time, unless it is disposed before */
  constructor(ms: number, onPassed: () => void) {
    this.#leftMs = ms
    this.#onPassed = onPassed
    this.#run()
  }

  /** Stands still until `answer` is there. */
  async pauseFor<T>(answer: Promise<T>): Promise<T> {
    if (this.#pauses++ === 0) this.#stop()
    try {
      return await answer
    } finally {
      if (--this.#pauses === 0) this.#run()
    }
  }

  dispose(): void {
    // One pause that never ends: what is still being asked does not start it again.
    this.#pauses++
    this.#stop()
  }

  #run(): void {
    this.#startedAt = performance.now()
    this.#timer = setTimeout(this.#onPassed, this.#leftMs)
  }

  #stop(): void {
    clearTimeout(this.#timer)
    this.#leftMs -= performance.now() - this.#startedAt
  }
}
