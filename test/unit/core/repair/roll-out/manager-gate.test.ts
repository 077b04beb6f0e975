import { describe, expect, it } from 'vitest'
import type { SwarmNode } from '../../../../../src/core/model/engine'
import {
  quorumConsequence,
  refuseGoingOn,
  refuseTakingDown,
} from '../../../../../src/core/repair/roll-out/manager-gate'

function aManager(name: string, over: Partial<SwarmNode> = {}): SwarmNode {
  return {
    ...{ id: name, hostName: name, role: 'manager', availability: 'active', state: 'ready', isLeader: false },
    ...{ reachability: 'reachable', engineVersion: '26.1.5' },
    ...over,
  } as const
}

const [a, b, c] = [aManager('a'), aManager('b'), aManager('c')]
const away = { reachability: 'unreachable' } as const
const ask = (managers: readonly SwarmNode[] | undefined, isEngineUp = true) =>
  refuseTakingDown({ host: 'tolkewitz', nodeId: 'a', isEngineUp, managers })

describe('refuseTakingDown', () => {
  it('lets a manager go while every other one is there', () => {
    expect(ask([a, b, c])).toBeUndefined()
    expect(ask([a])).toBeUndefined()
    // What the swarm says of the one itself does not count: it is about to be repaired.
    expect(ask([aManager('a', away), b, c])).toBeUndefined()
  })

  it.each([
    ['is not reached as a manager', aManager('b', away)],
    ['has a node that is down', aManager('b', { state: 'down' })],
    ['is not known to be reached', aManager('b', { reachability: 'unknown' })],
  ])('refuses while another one %s, even where the quorum would hold', (_what, other) => {
    expect(ask([a, other, c, aManager('d'), aManager('e')])).toBe(
      'the swarm does not reach its manager b, and with tolkewitz more than one manager would be away at once',
    )
  })

  it('names all that are away', () => {
    expect(ask([a, aManager('b', away), aManager('c', away)])).toContain('its managers b and c')
  })

  it('refuses where nobody can say', () => {
    expect(ask(undefined)).toContain('no manager of the swarm answers')
  })

  it('does not hold up the repair of a manager whose engine does not run: it takes nothing away', () => {
    expect(ask(undefined, false)).toBeUndefined()
    expect(ask([aManager('a', away), aManager('b', away), c], false)).toBeUndefined()
  })
})

describe('refuseGoingOn', () => {
  const going = (managers: readonly SwarmNode[] | undefined) =>
    refuseGoingOn({ host: 'tolkewitz', nodeId: 'a', managers })

  it('goes on once the manager is ready and reached again', () => {
    expect(going([a, b, c])).toBeUndefined()
    expect(going([aManager('a', { state: 'down' }), b])).toContain('its node is down')
    expect(going([aManager('a', away), b])).toContain('as a manager it is unreachable')
    expect(going([b, c])).toContain('does not list tolkewitz')
    expect(going(undefined)).toContain('no manager of the swarm answers')
  })
})

describe('quorumConsequence', () => {
  const five = [a, b, c, aManager('d'), aManager('e')]

  it('says that one or two managers have no majority without one', () => {
    expect(quorumConsequence([a], 'a')).toMatch(/^The swarm has no other manager: while this one is away/)
    expect(quorumConsequence([a, b], 'b')).toMatch(/^The swarm has two managers, and one is no majority:/)
    expect([[a, b, c], [a, b, c, aManager('d')], five].map((all) => quorumConsequence(all, 'a'))).toEqual([
      undefined,
      undefined,
      undefined,
    ])
  })

  it('counts only those that are reached, and the one itself not at all', () => {
    expect(quorumConsequence([a, b, aManager('c', away)], 'a')).toMatch(
      /^Of the swarm’s 3 managers only 1 of the others is reached, which is no majority:/,
    )
    expect(quorumConsequence([a, aManager('b', away)], 'a')).toMatch(/^Of the swarm’s 2 managers no other is reached/)
    expect(quorumConsequence([aManager('a', away), b, c], 'a')).toBeUndefined()
  })

  it('has nothing to say of a node that is no manager', () => {
    expect([quorumConsequence([a, b], 'w'), quorumConsequence([a, b], undefined)]).toEqual([undefined, undefined])
  })
})
