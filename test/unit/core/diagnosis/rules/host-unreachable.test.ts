import { describe, expect, it } from 'vitest'
import { anOutcome, fine, findingsOf, peersOf } from '../outcome'

describe('host-unreachable', () => {
  it('is said though no pair fails, after what fails', () => {
    const unreachableHosts = [
      { hostId: 'h1', host: 'lindenau', reason: 'connection refused' },
      { hostId: 'h2', host: 'kaditz', reason: 'timed out' },
    ]
    const [finding, ...more] = findingsOf(
      anOutcome(peersOf('a1@tolkewitz', 'b1@miltitz'), () => fine, { unreachableHosts }),
    )
    expect(more).toEqual([])
    expect(finding).toMatchObject({
      cause: 'host-unreachable',
      title: 'lindenau and kaditz could not be asked: containers there were not tested.',
      hosts: ['lindenau', 'kaditz'],
      evidence: ['lindenau: connection refused', 'kaditz: timed out'],
      fixes: [],
    })
    expect(finding).not.toHaveProperty('pairs')
  })
})
