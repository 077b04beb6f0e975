import { describe, expect, it } from 'vitest'
import { clusterOfHost, clusterOfNetwork, clustersOf } from '../../../../src/core/forms/clusters'
import type { Host } from '../../../../src/core/model/host'
import { aFleet, aHost, anOverlay, aSilentHost } from '../../builders'

const etcd = 'etcd://198.18.0.9:2379'
const global = anOverlay({ scope: 'global' })

function anEngineWith(store: string, name: string, networks = [anOverlay({ name: `only-${name}` })]): Host {
  return aHost(name, { role: 'none', store, networks })
}

const shown = (hosts: readonly Host[]) =>
  clustersOf({ hosts }).map(({ kind, makers, hosts: all }) => [
    kind,
    makers.map(({ name }) => name).join(' '),
    all.map(({ name }) => name).join(' '),
  ])

describe('clustersOf', () => {
  it('puts engines with one store together, and any that answers makes its networks', () => {
    const silent = aSilentHost('lindenau', { clusterStore: etcd })
    expect(shown([anEngineWith(etcd, 'b'), silent, anEngineWith(etcd, 'a')])).toEqual([
      ['store', 'a b', 'a b lindenau'],
    ])
  })

  it.each([
    ['etcd://a:2379,b:2379/docker', 'ETCD://b:2379,a/docker/', true],
    ['consul://a:8500', 'consul://a', true],
    ['etcd://a:2379', 'etcd://a:4001', false],
    ['etcd://a:2379/one', 'etcd://a:2379/two', false],
    ['consul://localhost:8500', 'consul://localhost:8500', false],
  ])('%s and %s: one cluster is %s', (one, other, isOne) => {
    expect(shown([anEngineWith(one, 'x1'), anEngineWith(other, 'x2')])).toHaveLength(isOne ? 1 : 2)
  })

  it('knows by a common network that each host’s own address leads to one store', () => {
    const local = 'consul://127.0.0.1:8500'
    expect(shown([anEngineWith(local, 'x1', [global]), anEngineWith(local, 'x2', [global])])).toEqual([
      ['store', 'x1 x2', 'x1 x2'],
    ])
  })

  it('has a swarm beside it, and no cluster without anybody who makes networks', () => {
    expect(shown([aHost('tolkewitz'), anEngineWith(etcd, 'a')]).map(([kind]) => kind)).toEqual(['swarm', 'store'])
    expect(shown([aHost('tolkewitz', { role: 'none' }), aSilentHost('x', { clusterStore: etcd })])).toEqual([])
  })

  it('asks a classic Swarm’s primary first, and counts its engines once', () => {
    const classic = { version: '1.2.9', role: 'primary', strategy: 'spread', filters: [], nodes: [] } as const
    const plain = aHost('manager', { role: 'none', networks: [global] })
    const manager: Host = { ...plain, engine: { ...plain.engine!, info: { ...plain.engine!.info, classic } } }
    const node = { name: 'a', address: '198.18.0.2:2375', status: 'healthy', labels: {}, containers: 0 } as const
    const member = {
      ...anEngineWith(etcd, 'a', [global]),
      classic: { managerId: manager.id, node: { ...node, reservedCpus: '', reservedMemory: '' } },
    }
    expect(shown([member, manager])).toEqual([['classic', 'manager a', 'a']])
  })
})

describe('a network’s or a host’s cluster', () => {
  const fleet = aFleet([anEngineWith(etcd, 'a', [global]), anEngineWith(etcd, 'b'), aHost('tolkewitz')])

  it('is found by the hosts that list it', () => {
    const network = fleet.networks.find(({ scope }) => scope === 'global')!
    expect(clusterOfNetwork(fleet, network)?.hosts.map(({ name }) => name)).toEqual(['a', 'b'])
    expect(clusterOfNetwork(fleet, { scope: 'local', hostIds: network.hostIds })).toBeUndefined()
  })

  it('has the clicked host asked first', () => {
    expect(clusterOfHost(fleet, 'settings:b')?.makers.map(({ name }) => name)).toEqual(['b', 'a'])
    expect(clusterOfHost(fleet, 'settings:nowhere')).toBeUndefined()
  })
})
