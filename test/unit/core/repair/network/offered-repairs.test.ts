import { describe, expect, it } from 'vitest'
import { offeredRepairs } from '../../../../../src/core/repair/network/offered-repairs'
import { openPortsFix } from '../../../../../src/core/diagnosis/host-failures'
import { anId, aPair, aPeer } from '../../../builders'

const [web, shell1] = [aPeer('web', 'tolkewitz'), aPeer('shell1', 'miltitz')]
const network = { name: 'gnswarm', scope: 'swarm' } as const

function offered(cause: string, over: { hosts?: string[]; containers?: string[]; scope?: 'swarm' | 'local' } = {}) {
  const { hosts = ['tolkewitz'], containers = ['web'], scope = 'swarm' } = over
  const context = { network: { ...network, scope }, pairs: [aPair(shell1, web)], hosts: [] }
  return offeredRepairs({ cause, hosts, containers, fixes: [] }, context)
}

describe('offeredRepairs', () => {
  it('acts on the containers that the finding names', () => {
    expect(offered('container-cut-off')).toEqual([
      {
        id: 'reconnect-containers',
        title: 'Reconnect web to gnswarm',
        containerIds: [anId('web')],
        hostIds: ['settings:tolkewitz'],
      },
    ])
  })

  it('acts on the hosts that the finding names', () => {
    expect(offered('no-path-between-hosts', { hosts: ['miltitz'] })).toEqual([
      { id: 'open-ports', title: 'Open the ports on miltitz', containerIds: [], hostIds: ['settings:miltitz'] },
    ])
  })

  it('opens ports where the rule misses them, at the other end and where no pair fails, too', () => {
    const hosts = ['tolkewitz', 'lindenau', 'miltitz'].map((name) => ({ hostId: `settings:${name}`, name }))
    const fixes = [openPortsFix(hosts.filter(({ name }) => name !== 'lindenau'))]
    const finding = { cause: 'management-port-closed', hosts: ['miltitz'], containers: [], fixes }
    expect(offeredRepairs(finding, { network, pairs: [], hosts })).toEqual([
      {
        id: 'open-ports',
        title: 'Open the ports on tolkewitz and miltitz',
        containerIds: [],
        hostIds: ['settings:tolkewitz', 'settings:miltitz'],
      },
    ])
  })

  it('offers the milder repair first', () => {
    expect(offered('wrong-address').map(({ id }) => id)).toEqual(['reconnect-containers', 'restart-engine'])
  })

  it('offers nothing that could not be planned', () => {
    expect(offered('port-closed')).toEqual([])
    expect(offered('mtu-black-hole', { scope: 'local' })).toEqual([])
    expect(offered('container-cut-off', { containers: ['gone'] })).toEqual([])
    const task = { ...web, service: 'shop' }
    const context = { network, pairs: [aPair(shell1, task)], hosts: [] }
    const finding = { cause: 'container-cut-off', hosts: [], containers: ['web'], fixes: [] }
    expect(offeredRepairs(finding, context)).toEqual([])
  })
})
