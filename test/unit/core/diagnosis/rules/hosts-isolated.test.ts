import { describe, expect, it } from 'vitest'
import { anOutcome, causesOf, findingsOf, fine, lost, peersOf } from '../outcome'
import { aReading, hostAddress, missing } from '../reading'

const three = peersOf('api@lindenau', 'cache@miltitz', 'shell1@miltitz', 'web@tolkewitz')
const all = anOutcome(three, (from, to) => (from.host === to.host ? fine : lost))
const alone = Object.fromEntries(
  ['lindenau', 'miltitz', 'tolkewitz'].map((name) => [name, { gossip: [hostAddress(name)] }]),
)

describe('hosts-isolated', () => {
  it('says that all hosts have lost each other, and blames none', () => {
    const nodes = { lindenau: { state: 'down' }, miltitz: { state: 'down' } } as const
    const [finding, ...more] = findingsOf({ ...all, reading: aReading({ hosts: alone, nodes }) })
    expect(more).toEqual([])
    expect(finding).toMatchObject({ cause: 'hosts-isolated', hosts: ['lindenau', 'miltitz', 'tolkewitz'] })
    expect(finding!.alternatives!.join(' ')).toContain('FORWARD')
  })

  it('says nothing where two still know each other', () => {
    expect(causesOf({ ...all, reading: aReading({ hosts: missing('miltitz') }) })).not.toContain('hosts-isolated')
  })
})
