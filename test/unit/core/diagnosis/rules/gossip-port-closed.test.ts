import { describe, expect, it } from 'vitest'
import type { Peer } from '../../../../../src/core/connectivity/types'
import { anOutcome, causesOf, findingsOf, fine, peersOf, unknownName } from '../outcome'
import { aDial, aLocal, aReading, hostAddress, missing } from '../reading'

const three = peersOf('api@lindenau', 'cache@miltitz', 'shell1@miltitz', 'web@tolkewitz')
const across =
  (...hosts: readonly string[]) =>
  (from: Peer, to: Peer) =>
    from.host !== to.host && hosts.some((host) => from.host === host || to.host === host)
const lostNames = anOutcome(three, (from, to) => (across('miltitz')(from, to) ? unknownName : fine))

describe('gossip-port-closed', () => {
  it('names the host that the others have lost while its own list is full', () => {
    const reading = aReading({ hosts: missing('miltitz') })
    const [finding, ...more] = findingsOf({ ...lostNames, reading })
    expect(more).toEqual([])
    expect(finding).toMatchObject({ cause: 'gossip-port-closed', hosts: ['miltitz'], confidence: 85 })
    expect(finding!.evidence.join(' ')).toMatch(
      /lindenau and tolkewitz do not list miltitz.*its own list still has all/,
    )
    expect(finding!.fixes).toContainEqual(
      expect.objectContaining({ id: 'show-firewall-commands', hostIds: ['settings:miltitz'] }),
    )
    expect(finding!.alternatives?.join(' ')).toContain('4789/udp')
  })

  it('still knows it when its own list has gone, too', () => {
    const alone = { miltitz: { gossip: [hostAddress('miltitz')] } }
    const reading = aReading({ hosts: { ...missing('miltitz'), ...alone } })
    expect(findingsOf({ ...lostNames, reading })[0]).toMatchObject({ hosts: ['miltitz'] })
  })

  it('is surer where the port does not answer, and where a rule of the host has dropped it', () => {
    const dials = [aDial('miltitz', 7946, 'lost')]
    const rule = '-A INPUT -p tcp -m tcp --dport 7946 -j DROP'
    const drops = [{ protocol: 'tcp', port: 7946, packets: 12, rule, direction: 'in' }] as const
    const hosts = missing('miltitz')
    const reading = aReading({
      hosts: {
        ...hosts,
        lindenau: { ...hosts['lindenau'], local: aLocal({ dials }) },
        miltitz: { firewall: { drops, isDataPathOpen: false } },
      },
    })
    const [finding] = findingsOf({ ...lostNames, reading })
    expect(finding!.confidence).toBe(95)
    expect(finding!.evidence.join(' ')).toContain('From lindenau 7946/tcp of miltitz did not answer.')
    expect(finding!.evidence.join(' ')).toContain('has dropped 12 packets coming in')
  })

  it('says nothing while all know each other, nor of a node that is down', () => {
    expect(causesOf({ ...lostNames, reading: aReading() })).not.toContain('gossip-port-closed')
    const down = aReading({ hosts: missing('miltitz'), nodes: { miltitz: { state: 'down' } } })
    expect(causesOf({ ...lostNames, reading: down })).not.toContain('gossip-port-closed')
  })
})
