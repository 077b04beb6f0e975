import { describe, expect, it } from 'vitest'
import { unreachableHosts } from '../../../../src/core/connectivity/unreachable-hosts'
import type { Host } from '../../../../src/core/model/host'
import type { SwarmNode } from '../../../../src/core/model/engine'
import { sampleNode } from '../../fakes/samples'
import { omit } from '../../omit'
import { aFleet, aHost, anOverlay } from '../../builders'

const gnswarm = anOverlay()

/** A manager that knows these nodes, of which nobody has a way in to those that are no host of their own. */
function unreachable(...nodes: readonly SwarmNode[]): readonly string[] {
  const manager = aHost('tolkewitz', { role: 'manager', isLeader: true, networks: [gnswarm] })
  const known: Host = { ...manager, engine: { ...manager.engine!, nodes } }
  const others = nodes.map((node): Host => {
    return {
      ...omit(aHost(node.id, { role: 'worker' }), 'engine'),
      state: 'unknown',
      nodeId: node.id,
      nodeState: node.state,
    }
  })
  const fleet = aFleet([known, ...others])
  return unreachableHosts(fleet, fleet.networks[0]!).map(({ host }) => host)
}

describe('unreachableHosts', () => {
  const down = sampleNode('lindenau', { id: 'old', state: 'down' })

  it('are nodes that a manager knows and nobody has a way in to', () => {
    expect(unreachable(down, sampleNode('miltitz', { id: 'other' }))).toEqual(['old', 'other'])
  })

  it('are not what a machine left behind that has joined its swarm anew', () => {
    expect(unreachable(down, sampleNode('lindenau', { id: 'new' }))).toEqual(['new'])
  })
})
