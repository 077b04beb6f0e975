import { describe, expect, it } from 'vitest'
import type { Check, Peer } from '../../../../../src/core/connectivity/types'
import { anOutcome, causesOf, findingsOf, pass, peersOf } from '../outcome'

const three = peersOf('api@lindenau', 'cache@miltitz', 'shell1@miltitz', 'web@tolkewitz')
const across =
  (...hosts: readonly string[]) =>
  (from: Peer, to: Peer) =>
    from.host !== to.host && hosts.some((host) => from.host === host || to.host === host)
const counted = (received: number): Check => ({
  ...pass('icmp'),
  pings: { sent: 20, received },
  detail: `Answers to ping, ${20 - received} of 20 lost`,
})

describe('lossy-underlay', () => {
  it('names the host between which and the others packets get lost; it fails nothing', () => {
    const outcome = anOutcome(three, (from, to) => [pass('name'), counted(across('miltitz')(from, to) ? 16 : 20)])
    const [finding, ...more] = findingsOf(outcome)
    expect(more).toEqual([])
    expect(finding).toMatchObject({ cause: 'lossy-underlay', hosts: ['miltitz'], confidence: 80 })
    expect(finding!.evidence[0]).toContain('4 of 20 lost')
  })

  it('does not mind one of twenty, nor what was not counted', () => {
    expect(causesOf(anOutcome(three, () => [pass('name'), counted(19)]))).toEqual([])
    expect(
      causesOf(anOutcome(three, () => [pass('name'), { ...pass('icmp'), pings: { sent: 3, received: 2 } }])),
    ).toEqual([])
  })
})
