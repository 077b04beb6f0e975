import { describe, expect, it } from 'vitest'
import { anOutcome, causesOf, fail, findingsOf, fine, peersOf } from '../outcome'
import { aReading, aView, notStarted, unallocated } from '../reading'

const three = peersOf('api@lindenau', 'cache@miltitz', 'shell1@miltitz', 'web@tolkewitz')
const late = { ...three[1]!, state: 'created', isRunning: false } as const
const outcome = anOutcome([three[0]!, late], (_from, to) => (to === late ? [fail('target', 'not-running')] : fine))
const view = aView({ driver: '', subnets: [] })

describe('subnet-overlap', () => {
  it('knows a network that the managers could not give addresses', () => {
    const reading = aReading({ containers: [notStarted(late, unallocated)], manager: { view } })
    const [finding, ...more] = findingsOf({ ...outcome, reading })
    expect(more).toEqual([])
    expect(finding).toMatchObject({ cause: 'subnet-overlap', containers: ['cache'], confidence: 95 })
    expect(finding!.evidence.join(' ')).toContain('was not started')
  })

  it('says so before anybody has tried to use it', () => {
    const empty = { ...outcome, pairs: [] }
    expect(causesOf({ ...empty, reading: aReading({ manager: { view } }) })).toEqual(['subnet-overlap'])
  })

  it('says nothing of a network that has a driver', () => {
    expect(causesOf({ ...outcome, reading: aReading() })).toEqual(['target-not-running'])
  })
})
