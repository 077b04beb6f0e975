import { describe, expect, it } from 'vitest'
import { anOutcome, fail, findingsOf, fine, peersOf } from '../outcome'

const three = peersOf('api@lindenau', 'cache@miltitz', 'shell1@miltitz', 'web@tolkewitz')

describe('not-attached', () => {
  it('says where the target is instead', () => {
    const apart = { ...three[0]!, addresses: [{ address: '172.17.0.2', network: 'bridge' }] }
    const outcome = anOutcome([apart, three[3]!], (_from, to) =>
      to === apart ? [fail('target', 'not-attached')] : fine,
    )
    const [finding, ...more] = findingsOf(outcome)
    expect(more).toEqual([])
    expect(finding).toMatchObject({
      cause: 'not-attached',
      title: 'api on lindenau is not on gnswarm.',
      hosts: ['lindenau'],
    })
    expect(finding!.evidence[0]).toBe('The engine of lindenau lists it on bridge.')
  })
})
