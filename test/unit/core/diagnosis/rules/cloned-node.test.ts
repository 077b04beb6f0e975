import { describe, expect, it } from 'vitest'
import type { Peer } from '../../../../../src/core/connectivity/types'
import { aSwarmId } from '../../../builders'
import { anOutcome, causesOf, findingsOf, fine, peersOf, unknownName } from '../outcome'
import { aReading } from '../reading'

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

  it('says nothing of hosts that are their own nodes', () => {
    expect(causesOf({ ...flipping, reading: aReading() })).not.toContain('cloned-node')
  })
})
