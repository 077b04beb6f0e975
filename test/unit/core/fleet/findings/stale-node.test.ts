import { describe, expect, it } from 'vitest'
import { joinFleet } from '../../../../../src/core/fleet/join-fleet'
import type { SwarmNode } from '../../../../../src/core/model/engine'
import { readySnapshot, sampleEngine, sampleNode } from '../../../fakes/samples'

const findings = (...nodes: readonly SwarmNode[]) => {
  const manager = sampleEngine('tolkewitz', { nodes: [sampleNode('tolkewitz', { role: 'manager' }), ...nodes] })
  return joinFleet([readySnapshot('tolkewitz', manager)], 0).hosts.flatMap(({ nodeId, findings: own = [] }) =>
    own.map(({ cause, remedy }) => [nodeId, cause, remedy]),
  )
}
const old = sampleNode('lindenau', { id: 'old', state: 'down' })

describe('stale-node', () => {
  it('finds the entry that a host left behind when it joined its swarm anew', () => {
    expect(findings(old, sampleNode('lindenau'))).toEqual([
      ['old', 'stale-node', 'Remove the old entry on a manager: docker node rm old'],
    ])
  })

  it.each([
    ['a node that is down and has no other entry', [old]],
    ['two hosts of one name', [old, sampleNode('lindenau', { address: '198.18.0.77' })]],
    ['two names at one address', [old, sampleNode('other', { address: old.address! })]],
    ['two entries that are both down', [old, sampleNode('lindenau', { state: 'down' })]],
    ['two entries that are both ready', [sampleNode('lindenau', { id: 'old' }), sampleNode('lindenau')]],
  ])('says nothing of %s', (_, nodes) => {
    expect(findings(...nodes)).toEqual([])
  })
})
