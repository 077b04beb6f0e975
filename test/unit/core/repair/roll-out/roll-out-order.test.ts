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

  it('takes a host of which nobody said what it is for a manager where it listens as one', () => {
    const silent = { isLeader: false }
    const at = (protocol: 'tcp' | 'udp', port: number) => rollOutRole(silent, [{ protocol, port, address: '::' }])
    expect([at('tcp', 2377), at('udp', 2377), at('tcp', 7946), rollOutRole(silent)]).toEqual([
      ...['manager', 'none', 'none', 'none'],
    ])
    expect(rollOutRole(aHost('known', { role: 'worker' }), [{ protocol: 'tcp', port: 2377, address: '::' }])).toBe(
      'worker',
    )
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
