import { describe, expect, it } from 'vitest'
import { pairsToCount } from '../../../../src/core/connectivity/pairs-to-count'
import { anOutcome, pass, peersOf } from '../diagnosis/outcome'

const peers = peersOf('a1@a', 'a2@a', 'b1@b', 'c1@c')
const counted = (received: number) => ({ ...pass('icmp'), pings: { sent: 3, received } })

describe('pairsToCount', () => {
  it('has one pair for each two hosts and direction in which some pings got lost', () => {
    const { pairs } = anOutcome(peers, (from, to) => [counted([from, to].some(({ host }) => host === 'b') ? 2 : 3)])
    expect(pairsToCount(pairs)).toEqual([
      { from: 'a1@a', to: 'b1@b' },
      { from: 'b1@b', to: 'a1@a' },
      { from: 'b1@b', to: 'c1@c' },
      { from: 'c1@c', to: 'b1@b' },
    ])
  })

  it('leaves alone what is all there, all lost, or on one host', () => {
    expect(pairsToCount(anOutcome(peers, () => [counted(3)]).pairs)).toEqual([])
    expect(pairsToCount(anOutcome(peers, () => [counted(0)]).pairs)).toEqual([])
    const { pairs } = anOutcome(peersOf('a1@a', 'a2@a'), () => [counted(2)])
    expect(pairsToCount(pairs)).toEqual([])
  })
})
