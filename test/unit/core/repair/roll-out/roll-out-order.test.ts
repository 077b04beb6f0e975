import { describe, expect, it } from 'vitest'
import { inRollOutOrder, isManager, rollOutRole } from '../../../../../src/core/repair/roll-out/roll-out-order'
import { aHost } from '../../../builders'

describe('inRollOutOrder', () => {
  it('takes workers first and the leader last, whatever was selected first', () => {
    const hosts = [
      aHost('leader'),
      aHost('b', { role: 'worker' }),
      aHost('second', { isLeader: false }),
      aHost('plain', { role: 'none' }),
      aHost('a', { role: 'worker' }),
    ].map((host) => ({ name: host.name, role: rollOutRole(host) }))
    expect(inRollOutOrder(hosts).map(({ name }) => name)).toEqual(['b', 'a', 'plain', 'second', 'leader'])
  })

  it('knows who keeps the swarm’s state', () => {
    expect(['leader', 'manager', 'worker', 'none'].map((role) => isManager(role as 'leader'))).toEqual([
      true,
      true,
      false,
      false,
    ])
  })
})
