import { describe, expect, it } from 'vitest'
import type { Peer } from '../../../../../src/core/connectivity/types'
import { omit } from '../../../omit'
import { anOutcome, causesOf, findingsOf, fine, lost, peersOf } from '../outcome'
import { aReading } from '../reading'

const three = peersOf('api@lindenau', 'cache@miltitz', 'shell1@miltitz', 'web@tolkewitz')
const across =
  (...hosts: readonly string[]) =>
  (from: Peer, to: Peer) =>
    from.host !== to.host && hosts.some((host) => from.host === host || to.host === host)
const blocked = anOutcome(three, (from, to) => (across('miltitz')(from, to) ? lost : fine))

describe('data-path-closed', () => {
  it('is what remains where hosts know each other and containers do not hear each other', () => {
    const [finding, ...more] = findingsOf({ ...blocked, reading: aReading() })
    expect(more).toEqual([])
    expect(finding).toMatchObject({ cause: 'data-path-closed', hosts: ['miltitz'], confidence: 90 })
    expect(finding!.title).toBe('The containers’ traffic (4789/udp) is dropped on miltitz.')
    expect(finding!.evidence.join(' ')).toContain('list each other as peers')
  })

  it('names the port of a swarm that was made with another one', () => {
    const reading = aReading({ dataPathPort: 7777 })
    const network = { ...blocked.network, dataPathPort: 7777 }
    const [finding] = findingsOf({ ...blocked, network, reading })
    expect(finding!.remedy).toContain('7777/udp')
    expect(finding!.evidence.join(' ')).not.toContain('4789')
  })

  it('says which way is closed, by the counters at both ends', () => {
    const [api, cache] = [three[0]!, three[1]!]
    const directions = [
      { from: api, to: cache, lost: 'there', detail: 'Of 5 pings none arrived at miltitz.' },
      { from: cache, to: api, lost: 'back', detail: 'Of 5 pings 5 arrived at lindenau, and no answer came back.' },
    ] as const
    const [finding] = findingsOf({ ...blocked, reading: aReading({ directions }) })
    expect(finding!.evidence.join(' ')).toContain('look at what miltitz lets in and lindenau lets out')
  })

  it('is surest where the host’s own filter has dropped it', () => {
    const rule = '-A INPUT -p udp -m udp --dport 4789 -j DROP'
    const drops = [{ protocol: 'udp', port: 4789, packets: 40, rule, direction: 'in' }] as const
    const hosts = { miltitz: { firewall: { drops, isDataPathOpen: false } } }
    const [finding] = findingsOf({ ...blocked, reading: aReading({ hosts }) })
    expect(finding!.confidence).toBe(97)
  })

  it('does not decide where nobody says whom a host gossips with', () => {
    const silent = omit(aReading().hosts[1]!, 'gossip')
    const reading = { ...aReading(), hosts: [aReading().hosts[0]!, silent, aReading().hosts[2]!] }
    expect(causesOf({ ...blocked, reading })).toEqual(['no-path-between-hosts'])
    expect(causesOf(blocked)).toEqual(['no-path-between-hosts'])
  })
})
