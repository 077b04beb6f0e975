import { describe, expect, it } from 'vitest'
import { advertisedAddress } from '../../../../../src/core/host-checks/checks/advertised-address'
import { aReading } from '../../diagnosis/reading'
import { all, judged, verdicts } from './judged'

describe('advertised-address', () => {
  it('is well where the manager sees the node at the address that it tells', () => {
    expect(verdicts(advertisedAddress)).toEqual(all('ok'))
  })

  it('fails where it sees it elsewhere, and cannot tell where it listens everywhere', () => {
    const reading = aReading({ nodes: { miltitz: { address: '10.9.9.9' }, tolkewitz: { address: '0.0.0.0' } } })
    expect(verdicts(advertisedAddress, { reading })).toEqual(['lindenau ok', 'miltitz failed', 'tolkewitz not-tested'])
    expect(judged(advertisedAddress, { reading })['miltitz']?.reason).toContain('tolkewitz sees it at 10.9.9.9')
  })

  it('is not told without a manager', () => {
    expect(verdicts(advertisedAddress, { reading: aReading({ manager: { nodes: [] } }) })).toEqual(all('not-tested'))
  })
})
