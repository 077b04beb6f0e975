import { describe, expect, it } from 'vitest'
import { anOutcome, causesOf, fail, findingsOf, fine, pass, peersOf } from '../outcome'

const three = peersOf('api@lindenau', 'cache@miltitz', 'shell1@miltitz', 'web@tolkewitz')
const blocked = [pass('name'), fail('icmp', 'lost'), pass('tcp')]

describe('icmp-blocked', () => {
  it('names the one container that all such pairs have in common; it fails nothing', () => {
    const outcome = anOutcome(three, (from, to) =>
      [from, to].some(({ container }) => container === 'web') ? blocked : fine,
    )
    const [finding, ...more] = findingsOf(outcome)
    expect(more).toEqual([])
    expect(outcome.pairs.every(({ result }) => result === 'pass')).toBe(true)
    expect(finding).toMatchObject({ cause: 'icmp-blocked', hosts: ['tolkewitz'], containers: ['web'] })
  })

  it('is not said where TCP is silent as well', () => {
    const outcome = anOutcome(three, (_from, to) =>
      to.container === 'web' ? [pass('name'), fail('icmp', 'lost')] : fine,
    )
    expect(causesOf(outcome)).not.toContain('icmp-blocked')
  })
})
