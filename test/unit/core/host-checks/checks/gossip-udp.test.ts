import { describe, expect, it } from 'vitest'
import { gossipUdp } from '../../../../../src/core/host-checks/checks/gossip-udp'
import { aLocal, aReading } from '../../diagnosis/reading'
import { all, judged, verdicts } from './judged'

const filter = (packets: number) =>
  ({
    isDataPathOpen: false,
    drops: [{ protocol: 'udp', port: 7946, packets, direction: 'in', rule: '-A INPUT -p udp --dport 7946 -j DROP' }],
  }) as const

describe('gossip-udp', () => {
  it('never says that an UDP port is open', () => {
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
})
