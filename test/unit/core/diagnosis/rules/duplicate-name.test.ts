import { describe, expect, it } from 'vitest'
import { anOutcome, fail, fine, findingsOf, pass, peersOf } from '../outcome'

const peers = peersOf('web@tolkewitz', 'web@lindenau', 'shell1@miltitz')
const [first, second] = ['10.0.1.2', '10.0.1.3']

describe('duplicate-name', () => {
  it('is one finding with all who have the name, also where each holder reaches itself', () => {
    const outcome = anOutcome(peers, (from, to) => {
      if (to.container !== 'web') return fine
      // A third host gets both; a holder gets its own address when it asks for the other.
      return from.container === 'web'
        ? [fail('name', 'wrong-address', { addresses: [from.address!] }), pass('icmp')]
        : [fail('name', 'several-addresses', { addresses: [first, second] }), pass('icmp')]
    })
    const [finding, ...more] = findingsOf(outcome)
    expect(more).toEqual([])
    expect(finding).toMatchObject({
      cause: 'duplicate-name',
      confidence: 95,
      containers: ['web'],
    })
    expect([...finding!.hosts].sort()).toEqual(['lindenau', 'tolkewitz'])
    expect(finding!.evidence).toContain('10.0.1.2 is web on tolkewitz.')
    expect(finding!.evidence).toContain('10.0.1.3 is web on lindenau.')
  })

  it('finds an alias that another container has', () => {
    const others = peersOf('web@tolkewitz', 'proxy@lindenau')
    const outcome = anOutcome(others, (_from, to) =>
      to.container === 'web' ? [fail('name', 'several-addresses', { addresses: [first, second] }), pass('icmp')] : fine,
    )
    expect(findingsOf(outcome)[0]).toMatchObject({ cause: 'duplicate-name', containers: ['web', 'proxy'] })
  })
})
