import { describe, expect, it } from 'vitest'
import { joinFleet } from '../../../../../src/core/fleet/join-fleet'
import { readySnapshot, sampleEngine, sampleInfo, sampleNode } from '../../../fakes/samples'

const at = (name: string, nodeAddress: string) => {
  const swarm = { state: 'active', nodeId: `node-${name}`, nodeAddress, isManager: false } as const
  return readySnapshot(name, sampleEngine(name, { info: sampleInfo(name, { swarm }) }))
}
/** Knows `a` at 198.18.0.1, `b` at 198.18.0.2, and itself as 0.0.0.0. */
const manager = (over: Parameters<typeof sampleEngine>[1] = {}) =>
  readySnapshot(
    'tolkewitz',
    sampleEngine('tolkewitz', {
      nodes: [
        sampleNode('tolkewitz', { role: 'manager', address: '0.0.0.0' }),
        sampleNode('a', { address: '198.18.0.1' }),
        sampleNode('b', { address: '198.18.0.2' }),
      ],
      ...over,
    }),
  )
const findings = (...snapshots: Parameters<typeof joinFleet>[0]) =>
  joinFleet(snapshots, 0).hosts.flatMap(({ name, findings: own = [] }) =>
    own.map(({ cause, severity, evidence }) => [name, cause, severity, evidence[0]]),
  )

describe('node-address', () => {
  it('says nothing where a node tells the address at which its managers see it, nor of a manager that sees itself as 0.0.0.0', () => {
    expect(findings(manager(), at('a', '198.18.0.1'), at('b', '198.18.0.2'))).toEqual([])
  })

  it('warns of a node that tells another address than its managers see', () => {
    expect(findings(manager(), at('a', '172.16.0.7'))).toEqual([
      ['a', 'node-address', 'warning', 'It tells the swarm 172.16.0.7.'],
    ])
  })

  it('finds nodes of one swarm that tell the same address, as behind a NAT each', () => {
    expect(findings(manager(), at('a', '10.0.2.15'), at('b', '10.0.2.15'))).toEqual([
      ['a', 'node-address', 'error', 'It tells the swarm 10.0.2.15, as b does.'],
      ['b', 'node-address', 'error', 'It tells the swarm 10.0.2.15, as a does.'],
    ])
  })

  it('says nothing of two swarms that use the same private addresses', () => {
    expect(findings(at('a', '192.168.1.10'), at('b', '192.168.1.10'))).toEqual([])
  })

  it('finds a node that tells its own loopback', () => {
    expect(findings(at('a', '127.0.0.1'))).toMatchObject([
      ['a', 'node-address', 'error', expect.stringContaining('loopback')],
    ])
  })

  it('writes addresses of either family one way before it compares them', () => {
    const nodes = [sampleNode('a', { address: 'fd00:0:0::1' })]
    expect(findings(manager({ nodes }), at('a', 'fd00::1')).filter(([name]) => name === 'a')).toEqual([])
  })
})
