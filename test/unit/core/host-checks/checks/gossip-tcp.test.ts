import { describe, expect, it } from 'vitest'
import { gossipTcp } from '../../../../../src/core/host-checks/checks/gossip-tcp'
import { aDial, aLocal, aReading } from '../../diagnosis/reading'
import { all, judged, verdicts } from './judged'

describe('gossip-tcp', () => {
  it('blames the host that others do not get through to, with its own rule', () => {
    const drop = {
      ...({ protocol: 'tcp', port: 7946, packets: 4, direction: 'in' } as const),
      rule: '-A INPUT -p tcp --dport 7946 -j DROP',
    }
    const reading = aReading({
      hosts: {
        lindenau: { local: aLocal({ dials: [aDial('miltitz', 7946, 'lost'), aDial('tolkewitz', 7946, 'ok')] }) },
        miltitz: { firewall: { drops: [drop], isDataPathOpen: false } },
        tolkewitz: { firewall: { drops: [drop], isDataPathOpen: false } },
      },
    })
    expect(verdicts(gossipTcp, { reading })).toEqual(['lindenau not-tested', 'miltitz failed', 'tolkewitz ok'])
    expect(judged(gossipTcp, { reading })['miltitz']?.reason).toMatch(
      /From lindenau 7946\/tcp of miltitz did not answer\. The packet filter of miltitz has dropped 4 packets/,
    )
    expect(judged(gossipTcp, { reading })['miltitz']?.reason).not.toContain('filter of tolkewitz')
  })

  it('is not told without helpers on the hosts', () => {
    expect(verdicts(gossipTcp)).toEqual(all('not-tested'))
  })
})
