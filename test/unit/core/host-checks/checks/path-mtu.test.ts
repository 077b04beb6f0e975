import { describe, expect, it } from 'vitest'
import { pathMtu } from '../../../../../src/core/host-checks/checks/path-mtu'
import type { HostPing } from '../../../../../src/core/host-checks/local-reading'
import { fail, fine, pass } from '../../diagnosis/outcome'
import { aLocal, aReading, hostAddress } from '../../diagnosis/reading'
import { all, judged, touches, verdicts } from './judged'

const routes = [{ link: 'eth0', subnet: '198.18.0.0/16' }]
const withCard = (mtu: number) => aLocal({ routes, links: [{ name: 'eth0', mtu }] })
const ping = (to: string, large: HostPing['large']): HostPing => ({
  ...{ address: hostAddress(to), check: pass('icmp') },
  ...(large && { large }),
})

describe('path-mtu', () => {
  it('is told by full-size packets between containers, whatever the cards say', () => {
    const reading = aReading({ hosts: { miltitz: { local: withCard(1_400) } } })
    expect(verdicts(pathMtu, { reading, saw: () => [...fine, pass('mtu')] })).toEqual(all('ok'))
  })

  it('fails where those get lost, with what passes and the card that carries less', () => {
    const isBad = touches('miltitz')
    const hole = [...fine, fail('mtu', 'too-large', { bytes: 1450, largestBytes: 1350 })]
    const reading = aReading({ hosts: { miltitz: { local: withCard(1_400) }, tolkewitz: { local: withCard(1_500) } } })
    const { miltitz, tolkewitz } = judged(pathMtu, {
      reading,
      saw: (from, to) => (isBad(from, to) ? hole : [...fine, pass('mtu')]),
    })
    expect(miltitz?.reason).toBe(
      'Full-size packets of gnswarm get lost on the way to or from lindenau and tolkewitz; those of up to 1350 bytes pass. Its network card eth0 carries 1400 bytes, and the network’s packets have up to 1500.',
    )
    expect(tolkewitz).toMatchObject({ verdict: 'failed', reason: expect.not.stringContaining('card') as string })
  })

  it('fails without containers where a card carries less than the network needs', () => {
    const reading = aReading({ hosts: { miltitz: { local: withCard(1_400) } } })
    expect(verdicts(pathMtu, { reading })).toEqual(['lindenau not-tested', 'miltitz failed', 'tolkewitz not-tested'])
    expect(verdicts(pathMtu, { reading, hostMtu: 1_400 })).toEqual(all('not-tested'))
  })

  it('takes pings between the hosts where they say enough', () => {
    const reading = (large: HostPing['large']) =>
      aReading({ hosts: { miltitz: { local: aLocal({ pings: [ping('tolkewitz', large)] }) } } })
    const verdict = (large: HostPing['large'], hostMtu = 1_500) =>
      judged(pathMtu, { reading: reading(large), hostMtu })['miltitz']?.verdict
    expect(verdict(pass('mtu'))).toBe('ok')
    expect(verdict(fail('mtu', 'too-large'))).toBe('failed')
    // 1500 bytes are less, or more, than what is asked about.
    expect(verdict(pass('mtu'), 9_000)).toBe('not-tested')
    expect(verdict(fail('mtu', 'too-large'), 1_400)).toBe('not-tested')
    expect(verdict(undefined)).toBe('not-tested')
  })
})
