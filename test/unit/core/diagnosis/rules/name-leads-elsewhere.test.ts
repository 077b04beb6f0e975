import { describe, expect, it } from 'vitest'
import { aNameResult, aServiceName } from '../../connectivity/names/a-name'
import type { FurtherName } from '../../../../../src/core/connectivity/names/types'
import type { Check, Peer } from '../../../../../src/core/connectivity/types'
import { anOutcome, fail, findingsOf, fine, peersOf } from '../outcome'

const peers = peersOf('shell1@miltitz', 'web@tolkewitz') as [Peer, Peer]
const alias: FurtherName = {
  ...{ name: 'db', form: 'alias', standsFor: 'web on tolkewitz', isWhole: true, ports: [] },
  meant: [{ address: '10.0.1.3', owner: 'web on tolkewitz', isRequired: true }],
}
const findings = (target: FurtherName, check: Check) =>
  findingsOf(anOutcome(peers, () => fine, { names: [aNameResult(peers[0], target, [check])] }))

describe('name-leads-elsewhere', () => {
  it('says whose the address is that an alias leads to', () => {
    const [finding, ...more] = findings(alias, fail('name', 'wrong-address', { addresses: ['10.0.1.2'] }))
    expect(more).toEqual([])
    expect(finding).toMatchObject({ cause: 'name-leads-elsewhere', hosts: ['miltitz'], containers: ['shell1'] })
    expect(finding!.evidence).toContain('10.0.1.2 is shell1 on miltitz.')
    expect(finding!.title).toBe('The name db does not lead to web on tolkewitz alone.')
  })

  it('knows a name that is not known, or not answered for', () => {
    for (const observation of ['unknown-name', 'resolver-timeout'] as const) {
      const [finding] = findings(aServiceName(), fail('name', observation))
      expect(finding!.title).toBe('The name web (service web) cannot be looked up on miltitz.')
    }
  })
})
