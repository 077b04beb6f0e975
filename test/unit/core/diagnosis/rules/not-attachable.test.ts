import { describe, expect, it } from 'vitest'
import { anOutcome, fail, findingsOf, fine, peersOf } from '../outcome'
import { aReading, notStarted } from '../reading'

const three = peersOf('api@lindenau', 'cache@miltitz', 'shell1@miltitz', 'web@tolkewitz')
const late = { ...three[1]!, state: 'created', isRunning: false } as const
const outcome = anOutcome([three[0]!, late], (_from, to) => (to === late ? [fail('target', 'not-running')] : fine))
const words =
  'Could not attach to network gnswarm: rpc error: code = PermissionDenied desc = network gnswarm not manually attachable'

describe('not-attachable', () => {
  it('takes the engine’s words for it', () => {
    const [finding, ...more] = findingsOf({ ...outcome, reading: aReading({ containers: [notStarted(late, words)] }) })
    expect(more).toEqual([])
    expect(finding).toMatchObject({ cause: 'not-attachable', containers: ['cache'], hosts: ['miltitz'] })
  })

  it('does not hold against a network that was made anew what one container still says', () => {
    const network = { ...outcome.network, isAttachable: true }
    const reading = aReading({ containers: [notStarted(late, words)] })
    expect(findingsOf({ ...outcome, network, reading }).map(({ cause }) => cause)).toEqual(['target-not-running'])
  })

  it('leaves other refusals to others', () => {
    const containers = [notStarted(late, 'oci runtime error: no such file')]
    const findings = findingsOf({ ...outcome, reading: aReading({ containers }) })
    expect(findings.map(({ cause }) => cause)).toEqual(['target-not-running'])
    expect(findings[0]!.evidence).toContain('Its engine says why: “oci runtime error: no such file”')
  })
})
