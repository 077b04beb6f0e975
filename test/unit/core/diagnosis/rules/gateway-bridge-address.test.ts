import { describe, expect, it } from 'vitest'
import { aNameResult, aServiceName } from '../../connectivity/names/a-name'
import type { Peer } from '../../../../../src/core/connectivity/types'
import { anOutcome, causesOf, fail, findingsOf, fine, pass, peersOf } from '../outcome'

const peers = peersOf('shell1@miltitz', 'web@tolkewitz') as [Peer, Peer]
const [shell1, web] = peers
const check = fail('name', 'wrong-address', { addresses: ['172.18.0.3'] })
const gateways = [{ ...web, address: '172.18.0.3' }]

describe('gateway-bridge-address', () => {
  it('knows a name that leads to a container’s second address', () => {
    const outcome = anOutcome(peers, (from) => (from === shell1 ? [check, pass('icmp')] : fine), { gateways })
    const [finding, ...more] = findingsOf(outcome)
    expect(more).toEqual([])
    expect(finding).toMatchObject({ cause: 'gateway-bridge-address', hosts: ['tolkewitz'], containers: ['web'] })
    expect(finding!.evidence.join('\n')).toContain('nothing on another host reaches it')
    expect(causesOf({ ...outcome, gateways: [] })).toEqual(['wrong-address'])
  })

  it('and a service’s name that does', () => {
    const names = [aNameResult(shell1, aServiceName(), [check])]
    expect(causesOf(anOutcome(peers, () => fine, { gateways, names }))).toEqual(['gateway-bridge-address'])
  })
})
