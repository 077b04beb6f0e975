/**
 * How long a look is good for, in milliseconds: for the handful of connections that are made together. An engine that is
 * being stopped keeps its connections while it stops its containers, but takes no new ones: those wake it afterwards. The
 * time is short, because who stops it within that time may still see it woken.
 */
const lookLastsMs = 250

/**
 * Looks at an engine's service before each knock at its socket, unless that was done a moment ago and nothing has ended
 * since, which may have been the engine's end. Where systemd listens on the socket, a connection would start an engine
 * that somebody stopped.
 */
export class LookBeforeKnock {
  readonly #look: () => Promise<void>
  /** Until when the last look is good, on the clock of `performance.now`. */
  #goodUntil = -Infinity
  /** How many connections have ended or failed. */
  #ends = 0
  #looking: Promise<void> | undefined

  /** @param look throws where the knock must not be */
  constructor(look: () => Promise<void>) {
    this.#look = look
  }

  /**
   * Resolves when one may knock; fails with what `look` throws. Those that want to know at the same time share one look,
   * and all wait for it. Where a connection ended meanwhile, the look may have come too early, and another is taken.
   */
  async ensureAwake(): Promise<void> {
    while (this.#looking !== undefined || performance.now() > this.#goodUntil) {
      this.#looking ??= this.#lookOnce().finally(() => (this.#looking = undefined))
      await this.#looking
    }
  }

  /** A connection ended or could not be made: what was seen before counts no more. */
  forget(): void {
    this.#ends++
    this.#goodUntil = -Infinity
  }

  async #lookOnce(): Promise<void> {
    const ends = this.#ends
    await this.#look()
    if (ends === this.#ends) this.#goodUntil = performance.now() + lookLastsMs
  }
}
