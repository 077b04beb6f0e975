import { describe, expect, it } from 'vitest'
import { anOutcome, causesOf, fail, findingsOf, fine, pass, peersOf } from '../outcome'
import { aReading } from '../reading'

const three = peersOf('api@lindenau', 'cache@miltitz', 'shell1@miltitz', 'web@tolkewitz')
const refused = [pass('name'), pass('icmp'), fail('tcp', 'refused', { port: 80 })]
const outcome = anOutcome(three, (_from, to) => (to.container === 'web' ? refused : fine))
const at = (address: string, reach: 'all' | 'loopback') => ({
  peer: three[3]!,
  listening: [{ address, port: 80, reach }],
})

describe('port-on-loopback', () => {
  it('tells what listens inside', () => {
    const [finding, ...more] = findingsOf({
      ...outcome,
      reading: aReading({ containers: [at('127.0.0.1', 'loopback')] }),
    })
    expect(more).toEqual([])
    expect(finding).toMatchObject({
      cause: 'port-on-loopback',
      hosts: ['tolkewitz'],
      containers: ['web'],
      confidence: 98,
    })
    expect(finding!.evidence[1]).toBe('Inside web something listens on 127.0.0.1 port 80.')
  })

  it('leaves a port on which nothing listens, or everything, to its own rule', () => {
    const nothing = aReading({ containers: [{ peer: three[3]!, listening: [] }] })
    expect(causesOf({ ...outcome, reading: nothing })).toEqual(['port-closed'])
    expect(causesOf({ ...outcome, reading: aReading({ containers: [at('0.0.0.0', 'all')] }) })).toEqual(['port-closed'])
  })
})
