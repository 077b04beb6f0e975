import { describe, expect, it } from 'vitest'
import type { Peer } from '../../../../../src/core/connectivity/types'
import { anOutcome, fail, fine, findingsOf, peersOf } from '../outcome'

function findingsWith(over: Partial<Peer>) {
  const [web, shell1, shell2] = peersOf('web@tolkewitz', 'shell1@miltitz', 'shell2@lindenau') as [Peer, Peer, Peer]
  const stopped: Peer = { ...web, isRunning: false, state: 'exited', ...over }
  return findingsOf(
    anOutcome([stopped, shell1, shell2], (from, to) =>
      to === stopped ? [fail('target', 'not-running')] : from === stopped ? [] : fine,
    ),
  )
}

describe('target-not-running', () => {
  it('names the container, its state and who asks for it, and offers to start it', () => {
    const [finding, ...more] = findingsWith({})
    expect(more).toEqual([])
    expect(finding).toMatchObject({
      cause: 'target-not-running',
      title: 'web on tolkewitz is not running (exited).',
      confidence: 99,
      hosts: ['tolkewitz'],
      containers: ['web'],
      pairs: [
        { from: 'shell1@miltitz', to: 'web@tolkewitz' },
        { from: 'shell2@lindenau', to: 'web@tolkewitz' },
      ],
    })
    expect(finding!.evidence.join(' ')).toMatch(/"exited".*2 running containers.*shell1 and shell2/)
    expect(finding!.fixes.map(({ id, containerIds, hostIds }) => [id, containerIds, hostIds])).toEqual([
      ['start-target', ['web@tolkewitz'], ['settings:tolkewitz']],
      ['show-logs', ['web@tolkewitz'], ['settings:tolkewitz']],
    ])
  })

  it('offers to start what was never started', () => {
    expect(findingsWith({ state: 'created' })[0]!.fixes.map(({ id }) => id)).toContain('start-target')
  })

  it.each<Partial<Peer>>([{ state: 'restarting' }, { state: 'dead' }, { service: 'api' }])(
    'does not offer to start what cannot be started by hand: %j',
    (over) => {
      expect(findingsWith(over)[0]!.fixes.map(({ id }) => id)).toEqual(['show-logs'])
    },
  )
})
