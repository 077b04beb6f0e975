import { describe, expect, it } from 'vitest'
import { anOutcome, fail, fine, findingsOf, peersOf } from '../outcome'

describe('target-paused', () => {
  it('is told apart from a stopped target, because it goes on where it was', () => {
    const [web, shell1] = peersOf('web@tolkewitz', 'shell1@miltitz')
    const paused = { ...web!, isRunning: false, state: 'paused' } as const
    const findings = findingsOf(
      anOutcome([paused, shell1!], (_from, to) => (to === paused ? [fail('target', 'not-running')] : fine)),
    )
    expect(findings).toMatchObject([
      {
        cause: 'target-paused',
        containers: ['web'],
        fixes: [{ id: 'start-target', title: 'Unpause web on tolkewitz' }],
      },
    ])
    expect(findings[0]!.remedy).toMatch(/unpause/i)
  })
})
