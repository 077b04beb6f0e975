import { describe, expect, it } from 'vitest'
import { aClassicCluster, aClassicManager, aClassicNode, globalOverlay } from '../../classic-builders'
import { joinFleet } from '../../../../src/core/fleet/join-fleet'
import { joinHosts } from '../../../../src/core/fleet/join-hosts'
import type { ClassicCluster } from '../../../../src/core/model/classic'
import type { EngineSnapshot } from '../../../../src/core/model/engine'
import type { TargetSnapshot } from '../../../../src/core/model/host'
import { sampleContainer, sampleEngine, sampleInfo, sampleNetwork, sampleTarget } from '../../fakes/samples'
import { omit } from '../../omit'

const gnswarm = globalOverlay
const bridgeOf = (node: string) =>
  sampleNetwork('bridge', { id: `bridge-${node}`, node, driver: 'bridge', scope: 'local' })
const onOverlay = { networkId: gnswarm.id, networkName: 'gnswarm', aliases: [] }
const web = sampleContainer('web', { node: 'kaditz', attachments: [{ ...onOverlay, address: '10.0.0.2' }] })
const shell1 = sampleContainer('shell1', { node: 'miltitz', attachments: [{ ...onOverlay, address: '10.0.0.3' }] })
const two = aClassicCluster([aClassicNode('kaditz'), aClassicNode('miltitz')])

function aManager(name: string, classic: ClassicCluster = two, changes: Partial<EngineSnapshot> = {}): TargetSnapshot {
  const networks = [gnswarm, bridgeOf('kaditz'), bridgeOf('miltitz')]
  return aClassicManager(name, classic, { containers: [web, shell1], networks, ...changes })
}

/** The engine of `kaditz` or another node, reached by itself. */
function directly(node: string, changes: Partial<EngineSnapshot> = {}): TargetSnapshot {
  const bridge = omit(bridgeOf(node), 'node')
  return {
    target: sampleTarget(`ssh-${node}`),
    state: 'ready',
    engine: sampleEngine(node, {
      info: sampleInfo(node, { swarm: { state: 'inactive', isManager: false } }),
      networks: [gnswarm, bridge],
      ...changes,
    }),
  }
}

const containersOf = (snapshots: readonly TargetSnapshot[]) =>
  joinHosts(snapshots).flatMap(({ name, engine }) => engine?.containers.map((c) => `${c.name}@${name}`) ?? [])

describe('a classic Swarm among the hosts', () => {
  it("shows the manager and each node, with the node's own part of what the manager lists", () => {
    const hosts = joinHosts([aManager('swarm')])
    expect(hosts.map(({ id, name, state, via }) => [id, name, state, via])).toEqual([
      ['settings:swarm/node/kaditz', 'kaditz', 'ready', 'tcp://198.18.0.99:3376'],
      ['settings:swarm/node/miltitz', 'miltitz', 'ready', 'tcp://198.18.0.99:3376'],
      ['settings:swarm', 'swarm', 'ready', 'tcp://198.18.0.99:3376'],
    ])
    const [kaditz, , manager] = hosts
    expect(kaditz).toMatchObject({ address: '198.18.0.6', engineVersion: '1.10.3' })
    expect(kaditz?.engine?.containers).toEqual([web])
    expect(kaditz?.engine?.networks.map(({ id }) => id)).toEqual([gnswarm.id, 'bridge-kaditz'])
    expect(manager?.engine).toMatchObject({ containers: [], networks: [] })
  })

  it('merges an overlay over the nodes, and keeps the local networks of the same name apart', () => {
    const { networks } = joinFleet([aManager('swarm')], 0)
    expect(networks.map(({ name, hosts }) => [name, hosts])).toEqual([
      ['bridge', ['kaditz']],
      ['bridge', ['miltitz']],
      ['gnswarm', ['kaditz', 'miltitz']],
    ])
    const members = networks.at(-1)?.members.map(({ container, host, address }) => [container, host, address])
    expect(members).toEqual([
      ['shell1', 'miltitz', '10.0.0.3'],
      ['web', 'kaditz', '10.0.0.2'],
    ])
  })

  it('says of a lost node what the manager says, and shows no container that nobody can reach', () => {
    const reason = 'Cannot connect to the Docker daemon at tcp://198.18.0.7:2375.'
    const lost = aClassicNode('miltitz', { status: 'unhealthy', reason, updatedAt: 5000 })
    const host = joinHosts([aManager('swarm', aClassicCluster([aClassicNode('kaditz'), lost]))]).find(
      ({ name }) => name === 'miltitz',
    )
    expect(host).toMatchObject({
      state: 'unreachable',
      failure: {
        code: 'unreachable',
        message: `The classic Swarm manager swarm has lost this node: ${reason}`,
        since: 5000,
      },
    })
    expect(containersOf([aManager('swarm', aClassicCluster([aClassicNode('kaditz'), lost]))])).toEqual(['web@kaditz'])
  })

  it('tells nodes that the manager never reached by their addresses', () => {
    const unknown = (address: string) => aClassicNode('(unknown)', { address, status: 'pending', updatedAt: 1 })
    const cluster = aClassicCluster([unknown('198.18.0.4:2375'), unknown('198.18.0.5:2375')])
    const hosts = joinHosts([aManager('swarm', cluster, { containers: [], networks: [gnswarm] })])
    expect(hosts.map(({ name, state }) => [name, state])).toEqual([
      ['198.18.0.4:2375', 'unreachable'],
      ['198.18.0.5:2375', 'unreachable'],
      ['swarm', 'ready'],
    ])
    expect(hosts[2]?.engine?.networks).toEqual([gnswarm])
  })

  it('shows each container once where an engine is reached directly too', () => {
    const direct = directly('kaditz', { containers: [sampleContainer('web')] })
    const snapshots = [direct, aManager('swarm')]
    expect(containersOf(snapshots)).toEqual(['web@kaditz', 'shell1@miltitz'])
    expect(joinHosts(snapshots).find(({ name }) => name === 'kaditz')).toMatchObject({
      id: 'settings:ssh-kaditz',
      via: 'ssh://ssh-kaditz',
      alsoVia: ['tcp://198.18.0.99:3376'],
      classic: { managerId: 'settings:swarm', node: { name: 'kaditz' } },
    })
  })

  it('keeps them one while one of the two is a container behind', () => {
    expect(joinHosts([directly('kaditz'), aManager('swarm')]).map(({ name }) => name)).toEqual([
      'kaditz',
      'miltitz',
      'swarm',
    ])
  })

  it('shows a machine and its clone as two, although they share name and engine ID', () => {
    const clone = directly('kaditz', {
      containers: [sampleContainer('db')],
      networks: [sampleNetwork('bridge', { id: 'bridge-of-the-clone', driver: 'bridge', scope: 'local' })],
    })
    expect(containersOf([clone, aManager('swarm')])).toEqual([
      'db@kaditz (settings:ssh-kaditz)',
      'web@kaditz (settings:swarm/node/kaditz)',
      'shell1@miltitz',
    ])
  })

  it('shows each container once with two managers of one cluster', () => {
    const replica = aManager('spare', { ...two, role: 'replica', primary: '198.18.0.99:3376' })
    const snapshots = [replica, aManager('swarm')]
    expect(containersOf(snapshots)).toEqual(['web@kaditz', 'shell1@miltitz'])
    expect(joinHosts(snapshots).find(({ name }) => name === 'kaditz')?.classic?.managerId).toBe('settings:swarm')
  })

  it('gives the manager a name of its own where its entry is named like a node', () => {
    expect(joinHosts([aManager('kaditz')]).map(({ name }) => name)).toEqual([
      'kaditz',
      'kaditz (classic Swarm)',
      'miltitz',
    ])
  })

  it('keeps the snapshot of a node on which nothing changed', () => {
    const before = aManager('swarm')
    const after = { ...before, engine: { ...before.engine!, containers: [{ ...web, status: 'Up 2 minutes' }, shell1] } }
    const [kaditz, miltitz] = joinHosts([before]).map(({ engine }) => engine)
    const [kaditzLater, miltitzLater] = joinHosts([after]).map(({ engine }) => engine)
    expect(miltitzLater).toBe(miltitz)
    expect(kaditzLater).not.toBe(kaditz)
    expect(kaditzLater?.containers[0]?.status).toBe('Up 2 minutes')
  })
})
