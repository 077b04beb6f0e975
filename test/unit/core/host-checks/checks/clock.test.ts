import { describe, expect, it } from 'vitest'
import { clock } from '../../../../../src/core/host-checks/checks/clock'
import { aReading } from '../../diagnosis/reading'
import { all, judged, verdicts } from './judged'

const ahead = (...ms: readonly number[]) =>
  aReading({
    hosts: Object.fromEntries(['lindenau', 'miltitz', 'tolkewitz'].map((name, i) => [name, { clockAheadMs: ms[i]! }])),
  })

describe('clock', () => {
  it('is compared with the other hosts’, so that ours does not count', () => {
    expect(verdicts(clock, { reading: ahead(3_600_000, 3_600_500, 3_601_000) })).toEqual(all('ok'))
    const reading = ahead(0, 0, -300_000)
    expect(verdicts(clock, { reading })).toEqual(['lindenau ok', 'miltitz ok', 'tolkewitz failed'])
    expect(judged(clock, { reading })['tolkewitz']?.reason).toBe('It is 300 seconds behind the other hosts.')
  })

  it('is not told by engines that do not date their answers', () => {
    expect(verdicts(clock)).toEqual(all('not-tested'))
  })
})
