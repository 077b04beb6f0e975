import { describe, expect, it } from 'vitest'
import { joinHosts } from '../../../../src/core/fleet/join-hosts'
import type { TargetSnapshot } from '../../../../src/core/model/host'
import { readySnapshot, sampleContainer, sampleEngine, sampleInfo, sampleNode, sampleTarget } from '../../fakes/samples'

const manager = () =>
  readySnapshot(
    'tolkewitz',
    sampleEngine('tolkewitz', {
      nodes: [
        sampleNode('tolkewitz', { role: 'manager', isLeader: true }),
        sampleNode('lindenau', { availability: 'drain' }),
      ],
    }),
  )

function silent(name: string, changes: Partial<TargetSnapshot> = {}): TargetSnapshot {
  return {
    target: sampleTarget(name),
    state: 'unreachable',
    failure: { code: 'unreachable', message: 'connection refused', since: 0, nextTryAt: 1000 },
    ...changes,
  }
}

describe('joinHosts', () => {
  it('adds to a worker what only its manager knows', () => {
    const hosts = joinHosts([readySnapshot('lindenau'), manager()])
    expect(hosts.map(({ name, role, availability, isLeader }) => [name, role, availability, isLeader])).toEqual([
      ['lindenau', 'worker', 'drain', false],
      ['tolkewitz', 'manager', 'active', true],
    ])
  })

  it('shows a node without a way in as a host of unknown state', () => {
    const host = joinHosts([manager()]).find(({ name }) => name === 'lindenau')
    expect(host).toMatchObject({
      id: 'node:node-lindenau',
      state: 'unknown',
      via: '',
      role: 'worker',
      nodeState: 'ready',
    })
  })

  it('keeps a host that fell silent one host, by the node it was', () => {
    const lastKnown = {
      hostName: 'lindenau',
      nodeId: 'node-lindenau',
      address: '198.18.0.8',
      engineVersion: '20.10.24',
    }
    const hosts = joinHosts([manager(), silent('machine-7', { lastKnown })])
    expect(hosts.map(({ name, state }) => [name, state])).toEqual([
      ['lindenau', 'unreachable'],
      ['tolkewitz', 'ready'],
    ])
  })

  it('still knows the role of hosts that fell silent together with their last manager', () => {
    const known = { address: '198.18.0.8', engineVersion: '20.10.24' }
    const hosts = joinHosts([
      silent('a', { lastKnown: { ...known, hostName: 'a', nodeId: 'node-a', role: 'manager' } }),
      silent('b', { lastKnown: { ...known, hostName: 'b', nodeId: 'node-b', role: 'worker' } }),
    ])
    expect(hosts.map(({ name, role }) => [name, role])).toEqual([
      ['a', 'manager'],
      ['b', 'worker'],
    ])
  })

  it('knows a host that was never reached by its address', () => {
    const target = sampleTarget('machine-7', { endpoint: { kind: 'tcp', host: '198.18.0.8', port: 2375 } })
    const hosts = joinHosts([manager(), silent('machine-7', { target })])
    expect(hosts.map(({ name, role }) => [name, role])).toEqual([
      ['lindenau', 'worker'],
      ['tolkewitz', 'manager'],
    ])
  })

  it('joins two ways in to one engine, and keeps a silent third as such a way', () => {
    const engine = sampleEngine('tolkewitz', { containers: [sampleContainer('web')] })
    const byTcp: TargetSnapshot = {
      target: sampleTarget('by-tcp', { endpoint: { kind: 'tcp', host: '198.18.0.9', port: 2375 } }),
      state: 'ready',
      engine: { ...engine },
    }
    const lastKnown = { hostName: 'tolkewitz', nodeId: 'node-tolkewitz', address: '198.18.0.9', engineVersion: '20' }
    const hosts = joinHosts([silent('by-socket', { lastKnown }), readySnapshot('tolkewitz', engine), byTcp])
    expect(hosts).toHaveLength(1)
    expect(hosts[0]).toMatchObject({
      id: 'settings:tolkewitz',
      via: 'ssh://tolkewitz',
      alsoVia: ['tcp://198.18.0.9:2375', 'ssh://by-socket'],
    })
  })

  it('knows which of the ways in leads to the command line', () => {
    const tcp = { kind: 'tcp', host: '198.18.0.9', port: 2375 } as const
    const engine = sampleEngine('tolkewitz', { containers: [sampleContainer('web')] })
    const byTcp: TargetSnapshot = { target: sampleTarget('by-tcp', { endpoint: tcp }), state: 'ready', engine }
    expect(joinHosts([byTcp])[0]).not.toHaveProperty('sshTarget')
    expect(joinHosts([byTcp, readySnapshot('tolkewitz', engine)])[0]).toMatchObject({
      target: { name: 'by-tcp' },
      sshTarget: { name: 'tolkewitz' },
    })
    const machine = sampleTarget('m', { endpoint: tcp, otherEndpoints: [{ kind: 'ssh', host: 'm' }] })
    expect(joinHosts([silent('m', { target: machine })])[0]?.sshTarget).toEqual(machine)
    const disabled: TargetSnapshot = { target: { ...machine, isDisabled: true }, state: 'disabled' }
    expect(joinHosts([disabled])[0]).not.toHaveProperty('sshTarget')
  })

  it('shows both of two clones that share their IDs, under names that differ', () => {
    const engineAt = (nodeAddress: string, container: string) => {
      const swarm = { state: 'active', nodeId: 'node-vm', nodeAddress, isManager: false } as const
      return sampleEngine('vm', { info: sampleInfo('vm', { swarm }), containers: [sampleContainer(container)] })
    }
    const original = readySnapshot('one', engineAt('198.18.0.1', 'web'))
    const clone = readySnapshot('two', engineAt('198.18.0.2', 'db'))
    expect(joinHosts([original, clone]).map(({ name }) => name)).toEqual(['vm (settings:one)', 'vm (settings:two)'])
  })

  it('shows both of two clones outside a swarm that have different containers', () => {
    const info = sampleInfo('vm', { swarm: { state: 'inactive', isManager: false } })
    const original = readySnapshot('one', sampleEngine('vm', { info, containers: [sampleContainer('web')] }))
    const clone = readySnapshot('two', sampleEngine('vm', { info, containers: [sampleContainer('db')] }))
    expect(joinHosts([original, clone])).toHaveLength(2)
  })

  it('keeps two ways in to one swarm node one host while one of them is a container behind', () => {
    const ahead = readySnapshot('one', sampleEngine('vm', { containers: [sampleContainer('web')] }))
    expect(joinHosts([ahead, readySnapshot('two', sampleEngine('vm'))])).toHaveLength(1)
  })

  it("takes a node from the leader where managers' views differ", () => {
    const stale = sampleEngine('lindenau', {
      nodes: [sampleNode('lindenau', { role: 'manager' }), sampleNode('miltitz', { state: 'ready' })],
    })
    const leader = sampleEngine('tolkewitz', {
      nodes: [sampleNode('tolkewitz', { isLeader: true }), sampleNode('miltitz', { state: 'down' })],
    })
    const hosts = joinHosts([readySnapshot('tolkewitz', leader), readySnapshot('lindenau', stale)])
    expect(hosts.find(({ name }) => name === 'miltitz')?.nodeState).toBe('down')
  })

  it('says manager of a manager whose nodes cannot be read', () => {
    const info = sampleInfo('m', { swarm: { state: 'active', nodeId: 'n', isManager: true } })
    expect(joinHosts([readySnapshot('m', sampleEngine('m', { info }))])[0]?.role).toBe('manager')
  })
})
