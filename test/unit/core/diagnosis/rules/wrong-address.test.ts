import { describe, expect, it } from 'vitest'
import { anOutcome, fail, fine, findingsOf, pass, peersOf } from '../outcome'

const peers = peersOf('web@tolkewitz', 'shell1@miltitz', 'shell2@lindenau')
const stale = (...addresses: readonly string[]) =>
  findingsOf(
    anOutcome(peers, (_from, to) =>
      to.container === 'web' ? [fail('name', 'wrong-address', { addresses }), pass('icmp')] : fine,
    ),
  )

describe('wrong-address', () => {
  it('says what the name gives, what the engine says, and that the address is nobody’s', () => {
    const [finding, ...more] = stale('10.0.1.99')
    expect(more).toEqual([])
    expect(finding).toMatchObject({ cause: 'wrong-address', confidence: 80, hosts: ['tolkewitz'], containers: ['web'] })
    expect(finding!.evidence).toEqual([
      'shell1 and shell2 asked for web and got 10.0.1.99.',
      'The engine of tolkewitz gives its address as 10.0.1.2.',
      '10.0.1.99 is none of the tested containers.',
    ])
  })

  it('says whose the address is', () => {
    expect(stale('10.0.1.4')[0]!.evidence).toContain('10.0.1.4 is shell2 on lindenau.')
  })
})
