import { describe, expect, it } from 'vitest'
import { aNameResult, aRoundRobin, aServiceName } from '../../connectivity/names/a-name'
import type { Peer } from '../../../../../src/core/connectivity/types'
import { anOutcome, causesOf, fail, findingsOf, fine, peersOf } from '../outcome'

const peers = peersOf('shell1@miltitz', 'web.1@tolkewitz', 'web.2@miltitz') as [Peer, Peer, Peer]
const answer = (...addresses: readonly string[]) => [fail('name', 'several-addresses', { addresses })]
const target = aRoundRobin(['10.0.1.3', '10.0.1.4'])
const outcome = (addresses: readonly string[], of = target) =>
  anOutcome(peers, () => fine, { names: [aNameResult(peers[0], of, answer(...addresses))] })

describe('stale-service-address', () => {
  it('knows the address that a service had before its mode was changed', () => {
    const [finding, ...more] = findingsOf(outcome(['10.0.1.2', '10.0.1.50', '10.0.1.3', '10.0.1.4']))
    expect(more).toEqual([])
    expect(finding).toMatchObject({ cause: 'stale-service-address', hosts: ['miltitz'] })
    expect(finding!.title).toBe('The name of the service web leads to 10.0.1.50, which nobody has.')
    expect(finding!.evidence.join('\n')).toContain('it has no address of its own (dnsrr)')
    expect(finding!.remedy).toContain('restart Docker on miltitz')
  })

  it('leaves addresses to other rules that somebody has, or that are not of the network', () => {
    expect(causesOf(outcome(['10.0.1.3', '192.0.2.7']))).toEqual(['name-leads-elsewhere'])
    expect(causesOf(outcome(['10.0.1.2', '10.0.1.3']))).toEqual(['name-leads-elsewhere'])
  })

  it('says nothing of the mode where it is the usual one', () => {
    const [finding] = findingsOf(outcome(['10.0.1.50', '10.0.1.51'], aServiceName()))
    expect(finding!.evidence.join('\n')).not.toContain('dnsrr')
  })
})
