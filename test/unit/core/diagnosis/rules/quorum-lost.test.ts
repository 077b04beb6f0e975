import { describe, expect, it } from 'vitest'
import { anOutcome, causesOf, fail, findingsOf, fine, peersOf } from '../outcome'
import { aReading, notStarted } from '../reading'

const three = peersOf('api@lindenau', 'cache@miltitz', 'shell1@miltitz', 'web@tolkewitz')
const well = anOutcome(three, () => fine)
const failure =
  'The swarm does not have a leader. It’s possible that too few managers are online. Make sure more than half of the managers are online.'

describe('quorum-lost', () => {
  it('takes the manager’s word, though all pairs pass', () => {
    const [finding, ...more] = findingsOf({ ...well, reading: aReading({ manager: { nodes: [], failure } }) })
    expect(more).toEqual([])
    expect(finding).toMatchObject({ cause: 'quorum-lost', hosts: ['tolkewitz'], confidence: 99 })
    expect(finding!.evidence[0]).toContain('too few managers are online')
  })

  it('explains what could not be attached meanwhile', () => {
    const late = { ...three[1]!, state: 'created', isRunning: false } as const
    const outcome = anOutcome([three[0]!, late], (_from, to) => (to === late ? [fail('target', 'not-running')] : fine))
    const containers = [notStarted(late, 'Could not attach to network gnswarm: context deadline exceeded')]
    expect(causesOf({ ...outcome, reading: aReading({ containers, manager: { nodes: [], failure } }) })).toEqual([
      'quorum-lost',
    ])
  })

  it('takes another refusal for what it is', () => {
    const reading = aReading({ manager: { failure: 'tolkewitz did not answer within 15 s.' } })
    expect(causesOf({ ...well, reading })).toEqual([])
  })
})
