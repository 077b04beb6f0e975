import { describe, expect, it } from 'vitest'
import { anOutcome, causesOf, findingsOf, fine, peersOf, unknownName } from '../outcome'
import { aReading, aView } from '../reading'

const three = peersOf('api@lindenau', 'cache@miltitz', 'shell1@miltitz', 'web@tolkewitz')
const outcome = anOutcome(three, (from, to) =>
  to.container === 'cache' && from.host === 'lindenau' ? unknownName : fine,
)
const table = (...names: readonly string[]) => ({
  view: aView({ names: names.map((name) => ({ service: '', name, address: '10.9.9.9', hostAddress: '' })) }),
})

describe('names-not-converged', () => {
  it('names the host whose table lacks the entry while gossip is whole', () => {
    const [finding, ...more] = findingsOf({ ...outcome, reading: aReading({ hosts: { lindenau: table('web') } }) })
    expect(more).toEqual([])
    expect(finding).toMatchObject({
      cause: 'names-not-converged',
      hosts: ['lindenau', 'miltitz'],
      containers: ['cache'],
    })
  })

  it('leaves it to others where the table has it, or is not known', () => {
    expect(causesOf({ ...outcome, reading: aReading({ hosts: { lindenau: table('cache') } }) })).toEqual([
      'name-not-known',
    ])
    expect(causesOf({ ...outcome, reading: aReading() })).toEqual(['name-not-known'])
  })
})
