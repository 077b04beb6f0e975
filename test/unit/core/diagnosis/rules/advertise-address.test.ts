import { describe, expect, it } from 'vitest'
import type { Peer } from '../../../../../src/core/connectivity/types'
import { aSwarmId } from '../../../builders'
import { anOutcome, causesOf, fail, findingsOf, fine, lost, peersOf } from '../outcome'
import { aReading, missing, notStarted } from '../reading'

const three = peersOf('api@lindenau', 'cache@miltitz', 'shell1@miltitz', 'web@tolkewitz')
const across =
  (...hosts: readonly string[]) =>
  (from: Peer, to: Peer) =>
    from.host !== to.host && hosts.some((host) => from.host === host || to.host === host)
const blocked = anOutcome(three, (from, to) => (across('miltitz')(from, to) ? lost : fine))
const told = { state: 'active', isManager: false, nodeId: aSwarmId('nodemiltitz'), nodeAddress: '10.99.0.1' } as const
const reading = aReading({ hosts: { miltitz: { swarm: told } } })

describe('advertise-address', () => {
  it('names a host that tells another address than it has', () => {
    const [finding, ...more] = findingsOf({ ...blocked, reading })
    expect(more).toEqual([])
    expect(finding).toMatchObject({ cause: 'advertise-address', hosts: ['miltitz'] })
    expect(finding!.title).toContain('10.99.0.1')
  })

  it('is why nobody gossips with the host', () => {
    const missed = aReading({ hosts: { ...missing('miltitz'), miltitz: { swarm: told } } })
    expect(causesOf({ ...blocked, reading: missed })).toEqual(['advertise-address'])
    const well = anOutcome(three, () => fine)
    expect(causesOf({ ...well, reading: missed })).toEqual(['gossip-port-closed'])
  })

  it('names it for a container that gets onto no network because of it', () => {
    const late = { ...three[1]!, state: 'exited', isRunning: false } as const
    const absent = anOutcome([three[0]!, late], (_from, to) => (to === late ? [fail('target', 'not-running')] : fine))
    const error = 'Could not attach to network gnswarm: context deadline exceeded'
    const [finding, ...more] = findingsOf({ ...absent, reading: { ...reading, containers: [notStarted(late, error)] } })
    expect(more).toEqual([])
    expect(finding).toMatchObject({ cause: 'advertise-address', hosts: ['miltitz'], containers: ['cache'] })
  })

  it('takes an address that works for one by design', () => {
    const well = anOutcome(three, () => fine)
    expect(causesOf({ ...well, reading })).toEqual([])
  })

  it('does not mind what a manager calls itself where it listens everywhere', () => {
    const nodes = { miltitz: { address: '0.0.0.0' } }
    expect(causesOf({ ...blocked, reading: aReading({ nodes }) })).not.toContain('advertise-address')
  })
})
