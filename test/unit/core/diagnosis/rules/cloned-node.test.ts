import { describe, expect, it } from 'vitest'
import type { Peer } from '../../../../../src/core/connectivity/types'
import { aSwarmId } from '../../../builders'
import { anOutcome, causesOf, fail, findingsOf, fine, pass, peersOf, unknownName } from '../outcome'
import { aReading, hostAddress } from '../reading'

const three = peersOf('api@lindenau', 'cache@miltitz', 'shell1@miltitz', 'web@tolkewitz')
const across =
  (...hosts: readonly string[]) =>
  (from: Peer, to: Peer) =>
    from.host !== to.host && hosts.some((host) => from.host === host || to.host === host)
const flipping = anOutcome(three, (from, to) => (across('miltitz')(from, to) ? unknownName : fine))

describe('cloned-node', () => {
  it('names both machines of one node ID', () => {
    const swarm = { state: 'active', isManager: false, nodeId: aSwarmId('nodelindenau') } as const
    const [finding, ...more] = findingsOf({ ...flipping, reading: aReading({ hosts: { miltitz: { swarm } } }) })
    expect(more).toEqual([])
    expect(finding).toMatchObject({ cause: 'cloned-node', hosts: ['lindenau', 'miltitz'], confidence: 99 })
    expect(finding!.evidence[0]).toContain(aSwarmId('nodelindenau'))
  })

  it('is why the clones are missed, their resolvers time out and their names are not known', () => {
    const swarm = { state: 'active', isManager: false, nodeId: aSwarmId('nodelindenau') } as const
    const gossip = ['tolkewitz', 'lindenau'].map(hostAddress)
    const hosts = {
      miltitz: { swarm, gossip },
      lindenau: { gossip },
      tolkewitz: { gossip: [hostAddress('tolkewitz')] },
    }
    const outcome = anOutcome(three, (from, to) => {
      if (from.host === 'miltitz') return [fail('name', 'resolver-timeout')]
      return across('miltitz')(from, to) ? [fail('name', 'unknown-name'), fail('icmp', 'lost')] : fine
    })
    expect(causesOf({ ...outcome, reading: aReading({ hosts }) })).toEqual(['cloned-node'])
  })

  it('does not hide that nothing listens in a container', () => {
    const swarm = { state: 'active', isManager: false, nodeId: aSwarmId('nodelindenau') } as const
    const outcome = anOutcome(three, (_from, to) =>
      to.container === 'cache' ? [pass('name'), pass('icmp'), fail('tcp', 'refused', { port: 80 })] : fine,
    )
    const found = causesOf({ ...outcome, reading: aReading({ hosts: { miltitz: { swarm } } }) })
    expect(found).toEqual(['cloned-node', 'port-closed'])
  })

  it('does not hide that a container does not run', () => {
    const swarm = { state: 'active', isManager: false, nodeId: aSwarmId('nodelindenau') } as const
    const outcome = anOutcome(three, (_from, to) => (to.container === 'cache' ? [fail('target', 'not-running')] : fine))
    const found = causesOf({ ...outcome, reading: aReading({ hosts: { miltitz: { swarm } } }) })
    expect(found).toEqual(['cloned-node', 'target-not-running'])
  })

  it('says nothing of hosts that are their own nodes', () => {
    expect(causesOf({ ...flipping, reading: aReading() })).not.toContain('cloned-node')
  })
})
