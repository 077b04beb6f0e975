import { describe, expect, it } from 'vitest'
import { aNameResult, aRoundRobin } from '../../connectivity/names/a-name'
import type { Peer } from '../../../../../src/core/connectivity/types'
import { anOutcome, causesOf, fail, findingsOf, fine, peersOf, unknownName } from '../outcome'

const peers = peersOf('shell1@miltitz', 'web.1@tolkewitz', 'web.2@miltitz') as [Peer, Peer, Peer]
const check = fail('name', 'missing-addresses', { addresses: ['10.0.1.4'] })
const names = [
  aNameResult(peers[0], aRoundRobin(['10.0.1.3', '10.0.1.4'], { name: 'tasks.web', form: 'tasks' }), [check]),
]

describe('name-incomplete', () => {
  it('names what is missing, and who does not know it', () => {
    const [finding, ...more] = findingsOf(anOutcome(peers, () => fine, { names }))
    expect(more).toEqual([])
    expect(finding).toMatchObject({ cause: 'name-incomplete', hosts: ['miltitz'] })
    expect(finding!.evidence).toContain('web.1 runs and has the address 10.0.1.3.')
    expect(finding!.evidence.join('\n')).not.toContain('10.0.1.4.')
  })

  it('says nothing where the container behind it cannot be found either', () => {
    const outcome = anOutcome(peers, (from, to) => (from === peers[0] && to === peers[1] ? unknownName : fine), {
      names,
    })
    expect(causesOf(outcome)).toEqual(['name-not-known'])
  })
})
