import { describe, expect, it } from 'vitest'
import { peers } from '../../../../../src/core/host-checks/checks/peers'
import type { HostReading } from '../../../../../src/core/host-checks/hosts-reading'
import { aReading, missing } from '../../diagnosis/reading'
import { all, judged, verdicts } from './judged'

describe('peers', () => {
  it('are well where all list each other', () => {
    expect(verdicts(peers)).toEqual(all('ok'))
  })

  it('fail at a host that others do not list, and at those', () => {
    const reading = aReading({ hosts: missing('miltitz') })
    expect(verdicts(peers, { reading })).toEqual(all('failed'))
    expect(judged(peers, { reading })['miltitz']?.reason).toBe('It is not listed by lindenau and tolkewitz.')
    expect(judged(peers, { reading })['lindenau']?.reason).toBe('It does not list miltitz.')
  })

  it('are not told by an engine that lists none', () => {
    const silence = (host: HostReading) =>
      Object.fromEntries(Object.entries(host).filter(([key]) => key !== 'gossip')) as unknown as HostReading
    const hosts = aReading().hosts.map((host) => (host.name === 'miltitz' ? silence(host) : host))
    const reading = { ...aReading(), hosts }
    expect(verdicts(peers, { reading })).toEqual(['lindenau ok', 'miltitz not-tested', 'tolkewitz ok'])
  })
})
