import { describe, expect, it } from 'vitest'
import { gossipUdp } from '../../../../../src/core/host-checks/checks/gossip-udp'
import { aLocal, aReading, hostAddress } from '../../diagnosis/reading'
import { all, judged, verdicts } from './judged'

const filter = (packets: number) =>
  ({
    isDataPathOpen: false,
    drops: [{ protocol: 'udp', port: 7946, packets, direction: 'in', rule: '-A INPUT -p udp --dport 7946 -j DROP' }],
  }) as const

describe('gossip-udp', () => {
  it('does not take it for open because nothing is wrong at the host itself', () => {
    const reading = aReading({ hosts: { miltitz: { local: aLocal(), firewall: { drops: [], isDataPathOpen: true } } } })
    expect(verdicts(gossipUdp, { reading })).toEqual(all('not-tested'))
    expect(judged(gossipUdp, { reading })['miltitz']?.reason).toContain('Seen was that something receives there')
  })

  it('fails where nothing receives, or a rule has dropped what came', () => {
    const reading = aReading({
      hosts: { lindenau: { local: aLocal({ udpPorts: [4789] }) }, miltitz: { firewall: filter(3) } },
    })
    expect(verdicts(gossipUdp, { reading })).toEqual(['lindenau failed', 'miltitz failed', 'tolkewitz not-tested'])
    expect(judged(gossipUdp, { reading })['miltitz']?.reason).toContain('has dropped 3 packets by the rule')
  })

  it('takes a rule that nothing came to for no proof', () => {
    expect(verdicts(gossipUdp, { reading: aReading({ hosts: { miltitz: { firewall: filter(0) } } }) })).toEqual(
      all('not-tested'),
    )
  })

  it('is well where the others’ engines never had to ask by TCP, and fails where all of them do', () => {
    const quiet = { probes: { seconds: 20, fallbacks: [] } }
    const reading = aReading({ hosts: { lindenau: quiet, miltitz: quiet, tolkewitz: quiet } })
    expect(verdicts(gossipUdp, { reading })).toEqual(all('ok'))
    expect(judged(gossipUdp, { reading })['miltitz']?.reason).toMatch(/engines of lindenau and tolkewitz .* 20 seconds/)
    const fallbacks = [1, 3, 5, 7].map((secondsAgo) => ({
      ...{ address: hostAddress('miltitz'), secondsAgo, words: 'memberlist: Was able to connect to m1' },
    }))
    const loud = { probes: { seconds: 20, fallbacks } }
    const silent = aReading({ hosts: { lindenau: loud, tolkewitz: loud } })
    expect(verdicts(gossipUdp, { reading: silent })).toEqual(['lindenau ok', 'miltitz failed', 'tolkewitz ok'])
  })

  it('leaves open what may be over', () => {
    const fallbacks = [{ address: hostAddress('miltitz'), secondsAgo: 18, words: 'memberlist: Was able to connect' }]
    const reading = aReading({ hosts: { lindenau: { probes: { seconds: 20, fallbacks } } } })
    expect(judged(gossipUdp, { reading })['miltitz']).toMatchObject({ verdict: 'not-tested' })
    expect(judged(gossipUdp, { reading })['miltitz']?.reason).toContain('It may be over by now.')
  })
})
