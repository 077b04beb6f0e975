import { describe, expect, it } from 'vitest'
import { labelChoices } from '../../../../../src/core/dialects/classic/label-choices'
import { aClassicCluster, aClassicNode, threeNodes } from '../../../classic-builders'

describe('labelChoices', () => {
  it('offers labels that leave somebody out, people’s own first', () => {
    expect(labelChoices(aClassicCluster(threeNodes))).toEqual([
      { constraint: 'site==north', label: 'site=north', nodes: ['tolkewitz', 'lindenau'] },
      { constraint: 'site==south', label: 'site=south', nodes: ['miltitz'] },
      { constraint: 'storagedriver==aufs', label: 'storagedriver=aufs', nodes: ['miltitz'] },
      { constraint: 'storagedriver==overlay2', label: 'storagedriver=overlay2', nodes: ['tolkewitz', 'lindenau'] },
    ])
  })

  it('leaves out lost nodes, and values that the manager would refuse or take for a pattern', () => {
    const odd = aClassicNode('odd', { labels: { a: 'x', path: '/x/', any: 'a*b', empty: '', note: 'ä' } })
    const lost = aClassicNode('lost', { status: 'unhealthy', labels: { site: 'west' } })
    expect(labelChoices(aClassicCluster([odd, lost, aClassicNode('plain')]))).toEqual([])
  })
})
