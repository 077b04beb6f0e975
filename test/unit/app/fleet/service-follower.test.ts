import { beforeEach, describe, expect, it } from 'vitest'
import { ServiceFollower } from '../../../../src/app/fleet/service-follower'
import type { SwarmService } from '../../../../src/core/model/service'
import { FakeClock } from '../../fakes/fake-clock'
import { sampleService } from '../../fakes/samples'

let clock: FakeClock
let follower: ServiceFollower
/** Seconds after the start at which something was read. */
let reads: number[]

function service(over: Partial<SwarmService> = {}): SwarmService {
  const progress = { running: 1, wanted: 1, isSettled: true }
  return { ...sampleService('web'), managerId: 'settings:tolkewitz', tasks: [], failures: [], ...progress, ...over }
}
const unsettled = () => service({ running: 0, isSettled: false })

beforeEach(() => {
  clock = new FakeClock()
  const start = clock.now()
  reads = []
  follower = new ServiceFollower({ clock, read: () => void reads.push((clock.now() - start) / 1000) })
})

const minutes = (n: number) => clock.advance(n * 60_000)

describe('while nobody looks', () => {
  it('reads nothing by itself, whatever the services do', async () => {
    follower.update([unsettled()])
    await minutes(60)
    expect(reads).toEqual([])
    expect(clock.pending).toBe(0)
  })

  it('reads once what was announced, after the manager had time to hear of it', async () => {
    for (let event = 0; event < 5; event++) follower.announce()
    await minutes(60)
    expect(reads).toEqual([0.5])
  })

  it('reads at most every five seconds while events go on and on', async () => {
    for (let event = 0; event < 100; event++) {
      follower.announce()
      await clock.advance(100)
    }
    await minutes(1)
    expect(reads).toEqual([0.5, 5.5, 10.5])
  })
})

describe('while somebody looks', () => {
  it('reads at once, and no more where all is settled', async () => {
    follower.update([service()])
    follower.look()
    await minutes(60)
    expect(reads).toEqual([0])
  })

  it('reads on with growing waits, and ends two minutes after the last change', async () => {
    follower.update([unsettled()])
    follower.look()
    await minutes(60)
    expect(reads).toEqual([0, 1, 3, 7, 15, 30, 45, 60, 75, 90, 105, 120])
    expect(clock.pending).toBe(0)
  })

  it('goes on while something changes, and ends when all is settled', async () => {
    follower.update([unsettled()])
    follower.look()
    await minutes(1.9)
    follower.update([unsettled()])
    await minutes(1.9)
    expect(reads.at(-1)).toBeGreaterThan(120)
    follower.update([service()])
    const before = reads.length
    await minutes(60)
    expect(reads).toHaveLength(before)
  })

  it('begins anew with what is announced', async () => {
    follower.update([unsettled()])
    follower.look()
    await minutes(60)
    reads.length = 0
    follower.announce()
    await clock.advance(4_000)
    expect(reads.map((at) => at - 3600)).toEqual([0.5, 1.5, 3.5])
  })

  it('follows a service that appears, without an announcement', async () => {
    follower.look()
    await clock.advance(10_000)
    expect(reads).toEqual([0])
    follower.update([unsettled()])
    await clock.advance(1_000)
    expect(reads).toEqual([0, 11])
  })

  it('ends when the last one looks away, and when it is disposed', async () => {
    follower.update([unsettled()])
    const [first, second] = [follower.look(), follower.look()]
    first.dispose()
    await clock.advance(1_000)
    expect(reads).toEqual([0, 1])
    second.dispose()
    await minutes(60)
    expect(reads).toEqual([0, 1])
    follower.look()
    follower.dispose()
    expect(clock.pending).toBe(0)
  })
})
