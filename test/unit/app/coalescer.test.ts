import { expect, it } from 'vitest'
import { Coalescer } from '../../../src/app/coalescer'
import type { Clock } from '../../../src/core/ports/environment'

/** A clock that stands until it is told to go on. */
class HeldClock implements Clock {
  #now = 1_000
  #timers: { readonly at: number; readonly action: () => void }[] = []

  now(): number {
    return this.#now
  }

  after(ms: number, action: () => void) {
    const timer = { at: this.#now + ms, action }
    this.#timers.push(timer)
    return { dispose: () => void (this.#timers = this.#timers.filter((other) => other !== timer)) }
  }

  advance(ms: number): void {
    const end = this.#now + ms
    for (;;) {
      const next = this.#timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0]
      if (next === undefined) break
      this.#timers = this.#timers.filter((other) => other !== next)
      this.#now = next.at
      next.action()
    }
    this.#now = end
  }
}

function coalescer() {
  const clock = new HeldClock()
  const runs: number[] = []
  const subject = new Coalescer(clock, 100, () => runs.push(clock.now() - 1_000))
  return { clock, runs, subject }
}

it('runs a frame after the first request', () => {
  const { clock, runs, subject } = coalescer()
  subject.request()
  subject.request()
  expect(runs).toEqual([])
  clock.advance(50)
  expect(runs).toEqual([16])
})

it('keeps the pause under a flood, and runs once more after the last request', () => {
  const { clock, runs, subject } = coalescer()
  for (let i = 0; i < 25; i++) {
    subject.request()
    clock.advance(10)
  }
  clock.advance(1_000)
  expect(runs).toEqual([16, 116, 216, 316])
})

it('runs a frame after a request that comes late', () => {
  const { clock, runs, subject } = coalescer()
  subject.request()
  clock.advance(500)
  subject.request()
  clock.advance(500)
  expect(runs).toEqual([16, 516])
})

it('runs no more once it is disposed', () => {
  const { clock, runs, subject } = coalescer()
  subject.request()
  subject.dispose()
  clock.advance(500)
  expect(runs).toEqual([])
})
