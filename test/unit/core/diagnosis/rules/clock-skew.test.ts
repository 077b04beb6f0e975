import { describe, expect, it } from 'vitest'
import { anOutcome, causesOf, findingsOf, fine, peersOf } from '../outcome'
import { aReading } from '../reading'

const three = peersOf('api@lindenau', 'cache@miltitz', 'shell1@miltitz', 'web@tolkewitz')
const well = anOutcome(three, () => fine)
const clocks = (...[lindenau, miltitz, tolkewitz]: readonly number[]) =>
  aReading({
    hosts: {
      lindenau: { clockAheadMs: lindenau ?? 0 },
      miltitz: { clockAheadMs: miltitz ?? 0 },
      tolkewitz: { clockAheadMs: tolkewitz ?? 0 },
    },
  })

describe('clock-skew', () => {
  it('names the host that differs from the others', () => {
    const [finding, ...more] = findingsOf({ ...well, reading: clocks(200, -3_600_000, 300) })
    expect(more).toEqual([])
    expect(finding).toMatchObject({
      cause: 'clock-skew',
      hosts: ['miltitz'],
      title: 'The clock of miltitz is 3600 seconds behind.',
    })
  })

  it('blames none where it is our own clock, or within a minute', () => {
    expect(causesOf({ ...well, reading: clocks(900_000, 900_400, 899_700) })).toEqual([])
    expect(causesOf({ ...well, reading: clocks(20_000, 0, 0) })).toEqual([])
  })
})
