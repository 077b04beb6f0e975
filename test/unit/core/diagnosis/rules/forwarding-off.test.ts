import { describe, expect, it } from 'vitest'
import { anOutcome, causesOf, findingsOf, fine, peersOf } from '../outcome'
import { aReading } from '../reading'

const three = peersOf('api@lindenau', 'cache@miltitz', 'shell1@miltitz', 'web@tolkewitz')
const well = anOutcome(three, () => fine)

describe('forwarding-off', () => {
  it('passes on the engine’s own warning', () => {
    const warnings = ['WARNING: IPv4 forwarding is disabled', 'WARNING: No swap limit support']
    const [finding, ...more] = findingsOf({ ...well, reading: aReading({ hosts: { miltitz: { warnings } } }) })
    expect(more).toEqual([])
    expect(finding).toMatchObject({ cause: 'forwarding-off', hosts: ['miltitz'] })
    expect(finding!.evidence).toHaveLength(1)
  })

  it('does not mind other warnings', () => {
    const warnings = ['WARNING: No swap limit support']
    expect(causesOf({ ...well, reading: aReading({ hosts: { miltitz: { warnings } } }) })).toEqual([])
  })
})
