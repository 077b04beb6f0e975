import { describe, expect, it } from 'vitest'
import { noon } from '../../../builders'
import { anOutcome, causesOf, fail, findingsOf, fine, peersOf } from '../outcome'
import { aReading } from '../reading'

const three = peersOf('api@lindenau', 'cache@miltitz', 'shell1@miltitz', 'web@tolkewitz')
const dead = { ...three[1]!, state: 'exited', isRunning: false } as const
const outcome = anOutcome([three[0]!, dead], (_from, to) => (to === dead ? [fail('target', 'not-running')] : fine))
const exit = { code: 137, error: '', restart: 'unless-stopped', finishedAt: noon }

describe('dead-after-engine-restart', () => {
  it('names a container that should have come back', () => {
    const reading = aReading({ containers: [{ peer: dead, exit }] })
    const [finding, ...more] = findingsOf({ ...outcome, reading })
    expect(more).toEqual([])
    expect(finding).toMatchObject({ cause: 'dead-after-engine-restart', hosts: ['miltitz'], containers: ['cache'] })
    expect(finding!.fixes.map(({ id }) => id)).toEqual(['start-target', 'show-logs'])
    expect(finding!.alternatives!.join(' ')).toContain('Somebody stopped it')
  })

  it.each([
    ['without a restart policy', { ...exit, restart: 'no' }],
    ['that ended by itself', { ...exit, code: 1 }],
    ['that could not be started', { ...exit, error: 'port is already allocated' }],
  ])('takes a container %s for one that does not run', (_what, other) => {
    const reading = aReading({ containers: [{ peer: dead, exit: other }] })
    expect(causesOf({ ...outcome, reading })).toEqual(['target-not-running'])
  })
})
