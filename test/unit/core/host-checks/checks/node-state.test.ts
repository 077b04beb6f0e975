import { describe, expect, it } from 'vitest'
import { nodeState } from '../../../../../src/core/host-checks/checks/node-state'
import { aReading } from '../../diagnosis/reading'
import { all, judged, verdicts } from './judged'

describe('node-state', () => {
  it('is what the manager says, in its words', () => {
    const reading = aReading({ nodes: { miltitz: { state: 'down', message: 'heartbeat failure' } } })
    expect(verdicts(nodeState, { reading })).toEqual(['lindenau ok', 'miltitz failed', 'tolkewitz ok'])
    expect(judged(nodeState, { reading })['miltitz']?.reason).toBe(
      'tolkewitz says that the node miltitz is down (“heartbeat failure”).',
    )
  })

  it('says that a drained node takes nothing new, which is no fault', () => {
    const { miltitz } = judged(nodeState, { reading: aReading({ nodes: { miltitz: { availability: 'drain' } } }) })
    expect(miltitz?.verdict).toBe('ok')
    expect(miltitz?.reason).toContain('“drain”')
  })

  it('fails without a leader, and is not told without a manager or a swarm', () => {
    const failure = 'The swarm does not have a leader.'
    expect(verdicts(nodeState, { reading: aReading({ manager: { failure, nodes: [] } }) })).toEqual(all('failed'))
    expect(verdicts(nodeState, { reading: aReading({ manager: { nodes: [] } }) })).toEqual(all('not-tested'))
    expect(verdicts(nodeState, { network: { scope: 'global' } })).toEqual(all('not-tested'))
  })
})
