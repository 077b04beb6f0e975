import { describe, expect, it } from 'vitest'
import type { Peer } from '../../../../../src/core/connectivity/types'
import { anOutcome, causesOf, findingsOf, fine, lost, peersOf } from '../outcome'
import { aReading, missing } from '../reading'

const three = peersOf('api@lindenau', 'cache@miltitz', 'shell1@miltitz', 'web@tolkewitz')
const across =
  (...hosts: readonly string[]) =>
  (from: Peer, to: Peer) =>
    from.host !== to.host && hosts.some((host) => from.host === host || to.host === host)
const all = anOutcome(three, (from, to) => (across('miltitz')(from, to) ? lost : fine))

describe('host-cut-off', () => {
  const reading = aReading({
    hosts: missing('miltitz'),
    nodes: { miltitz: { state: 'down', message: 'heartbeat failure' } },
  })

  it('names a host that manager and peers have lost while its engine answers us', () => {
    const [finding, ...more] = findingsOf({ ...all, reading })
    expect(more).toEqual([])
    expect(finding).toMatchObject({ cause: 'host-cut-off', hosts: ['miltitz'] })
    expect(finding!.evidence).toContain('tolkewitz says that the node miltitz is down (“heartbeat failure”).')
  })

  it('opens the ports there, and at the managers what the host cannot reach', () => {
    const [finding] = findingsOf({ ...all, reading })
    expect(finding?.fixes.map(({ id, hostIds }) => [id, ...[...hostIds].sort()])).toEqual([
      ['open-ports', 'settings:miltitz', 'settings:tolkewitz'],
      ['show-firewall-commands', 'settings:miltitz', 'settings:tolkewitz'],
    ])
  })

  it('leaves it to others while the node is ready', () => {
    expect(causesOf({ ...all, reading: aReading({ hosts: missing('miltitz') }) })).toEqual(['gossip-port-closed'])
  })
})
