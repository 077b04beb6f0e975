import type { Clock, Disposable } from '../../../src/core/ports/environment'

/** A clock that a test moves by hand; timers run in order, and what they start gets its turn before the next. */
export class FakeClock implements Clock {
  #now = Date.parse('2026-01-01T12:00:00Z')
  #timers: { readonly at: number; readonly action: () => void }[] = []

  now(): number {
    return this.#now
  }

  after(ms: number, action: () => void): Disposable {
    const timer = { at: this.#now + ms, action }
    this.#timers.push(timer)
    return { dispose: () => void (this.#timers = this.#timers.filter((other) => other !== timer)) }
  }

  get pending(): number {
    return this.#timers.length
  }

  async advance(ms: number): Promise<void> {
    const end = this.#now + ms
    await settle()
    for (;;) {
      const next = this.#timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0]
      if (!next) break
      this.#timers = this.#timers.filter((timer) => timer !== next)
      this.#now = Math.max(this.#now, next.at)
      next.action()
      await settle()
    }
    this.#now = end
  }
}

/** Lets every promise that is ready go on. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve))
}
