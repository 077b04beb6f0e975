import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { LookBeforeKnock } from '../../../src/adapters/look-before-knock'

let looks: { done: () => void; fail: (error: Error) => void }[]
let guard: LookBeforeKnock

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] })
  looks = []
  guard = new LookBeforeKnock(() => new Promise((resolve, reject) => looks.push({ done: resolve, fail: reject })))
})

afterEach(() => {
  vi.useRealTimers()
})

/** Lets what was awaited go on. */
const settle = () => new Promise((resolve) => setImmediate(resolve))

describe('LookBeforeKnock', () => {
  it('looks once for all that knock at the same time, and they wait for it', async () => {
    let knocks = 0
    const waiting = [1, 2, 3].map(() => guard.ensureAwake().then(() => knocks++))
    await settle()
    expect([looks.length, knocks]).toEqual([1, 0])
    looks[0]!.done()
    await Promise.all(waiting)
    expect(looks).toHaveLength(1)
  })

  it('does not look again a moment later, but does after a while', async () => {
    const first = guard.ensureAwake()
    looks[0]!.done()
    await first
    vi.advanceTimersByTime(200)
    await guard.ensureAwake()
    expect(looks).toHaveLength(1)
    vi.advanceTimersByTime(100)
    void guard.ensureAwake()
    expect(looks).toHaveLength(2)
  })

  it('looks again where a connection ended since', async () => {
    const first = guard.ensureAwake()
    looks[0]!.done()
    await first
    guard.forget()
    void guard.ensureAwake()
    expect(looks).toHaveLength(2)
  })

  it('looks again where a connection ended while it was looked', async () => {
    let isAwake = false
    void guard.ensureAwake().then(() => (isAwake = true))
    guard.forget()
    looks[0]!.done()
    await settle()
    expect([looks.length, isAwake]).toEqual([2, false])
    looks[1]!.done()
    await settle()
    expect(isAwake).toBe(true)
  })

  it('fails with what the look found, and looks again for the next one', async () => {
    const stopped = new Error('stopped')
    const refused = guard.ensureAwake()
    looks[0]!.fail(stopped)
    await expect(refused).rejects.toBe(stopped)
    void guard.ensureAwake()
    expect(looks).toHaveLength(2)
  })
})
