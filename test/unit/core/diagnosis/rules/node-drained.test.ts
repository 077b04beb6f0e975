import { describe, expect, it } from 'vitest'
import { anOutcome, causesOf, fail, findingsOf, fine, peersOf } from '../outcome'
import { aReading, notStarted, unallocated } from '../reading'

const three = peersOf('api@lindenau', 'cache@miltitz', 'shell1@miltitz', 'web@tolkewitz')
const late = { ...three[1]!, state: 'created', isRunning: false } as const
const outcome = anOutcome([three[0]!, late], (_from, to) => (to === late ? [fail('target', 'not-running')] : fine))
const containers = [notStarted(late, unallocated)]

describe('node-drained', () => {
  it('names the node that takes nothing new', () => {
    const reading = aReading({ containers, nodes: { miltitz: { availability: 'drain' } } })
    const [finding, ...more] = findingsOf({ ...outcome, reading })
    expect(more).toEqual([])
    expect(finding).toMatchObject({ cause: 'node-drained', hosts: ['miltitz'], containers: ['cache'] })
    expect(finding!.title).toContain('“drain”')
    expect(finding!.fixes).toMatchObject([
      { id: 'activate-node', containerIds: [late.containerId], hostIds: ['settings:miltitz'] },
    ])
  })

  it('says nothing where the node is active, or where all runs', () => {
    expect(causesOf({ ...outcome, reading: aReading({ containers }) })).toEqual(['target-not-running'])
    const well = anOutcome(three, () => fine)
    expect(causesOf({ ...well, reading: aReading({ nodes: { miltitz: { availability: 'drain' } } }) })).toEqual([])
  })
})
