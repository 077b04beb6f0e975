import { describe, expect, it } from 'vitest'
import { pairsToMeasure } from '../../../../src/core/connectivity/pairs-to-measure'
import type { Peer } from '../../../../src/core/connectivity/types'
import { anOutcome, fail, fine, pass, peersOf } from '../diagnosis/outcome'

const peers = peersOf('a1@tolkewitz', 'a2@tolkewitz', 'b1@lindenau', 'b2@lindenau', 'c@miltitz')
const tooLarge = fail('mtu', 'too-large', { bytes: 1450 })
const crosses = (from: Peer, to: Peer, ...hosts: readonly string[]) =>
  from.host !== to.host && hosts.includes(from.host) && hosts.includes(to.host)

describe('pairsToMeasure', () => {
  it('takes one pair for each two hosts between which large packets get lost', () => {
    const { pairs } = anOutcome(peers, (from, to) =>
      crosses(from, to, 'tolkewitz', 'lindenau') ? [...fine, tooLarge] : [...fine, pass('mtu')],
    )
    expect(pairsToMeasure(pairs)).toEqual([{ from: 'a1@tolkewitz', to: 'b1@lindenau' }])
  })

  it('takes none where nothing is lost, or it was measured already', () => {
    expect(pairsToMeasure(anOutcome(peers, () => [...fine, pass('mtu')]).pairs)).toEqual([])
    const measured = anOutcome(peers, () => [...fine, { ...tooLarge, largestBytes: 1350 }])
    expect(pairsToMeasure(measured.pairs)).toEqual([])
  })
})
