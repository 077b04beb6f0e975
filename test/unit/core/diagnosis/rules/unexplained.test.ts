import { describe, expect, it } from 'vitest'
import { anOutcome, fine, findingsOf, lost, peersOf } from '../outcome'

const peers = peersOf('a1@tolkewitz', 'a2@tolkewitz', 'a3@tolkewitz', 'a4@tolkewitz')

describe('unexplained', () => {
  it('says that nothing is known, with what was seen', () => {
    const isOne = (from: string, to: string) => from === 'a1' && to === 'a2'
    const [finding, ...more] = findingsOf(
      anOutcome(peers, (from, to) => (isOne(from.container, to.container) ? lost : fine)),
    )
    expect(more).toEqual([])
    expect(finding).toMatchObject({
      cause: 'unexplained',
      title: '1 pair fails in a way that fits no known cause.',
      confidence: 10,
      evidence: ['a1 on tolkewitz → a2 on tolkewitz: icmp: lost.'],
    })
  })

  it('is silent where nothing fails', () => {
    expect(findingsOf(anOutcome(peers, () => fine))).toEqual([])
  })
})
