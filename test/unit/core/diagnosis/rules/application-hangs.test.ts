import { describe, expect, it } from 'vitest'
import type { Check } from '../../../../../src/core/connectivity/types'
import { anOutcome, causesOf, findingsOf, fine, pass, peersOf } from '../outcome'

const three = peersOf('api@lindenau', 'cache@miltitz', 'shell1@miltitz', 'web@tolkewitz')
const silent: Check = { kind: 'http', result: 'not-tested', observation: 'no-answer', port: 80, detail: 'nothing came' }
const open = [...fine, pass('mtu'), pass('tcp')]

describe('application-hangs', () => {
  it('is said of a web port that accepts and is silent to everybody; it fails nothing', () => {
    const outcome = anOutcome(three, (_from, to) => (to.container === 'web' ? [...open, silent] : open))
    const [finding, ...more] = findingsOf(outcome)
    expect(more).toEqual([])
    expect(finding).toMatchObject({ cause: 'application-hangs', hosts: ['tolkewitz'], containers: ['web'] })
    expect(finding!.evidence.join(' ')).toContain('Packets of full size pass')
    expect(finding).not.toHaveProperty('pairs')
  })

  it('is not said where somebody gets an answer, nor of a port that need not speak HTTP', () => {
    const answered: Check = { ...silent, result: 'pass', observation: 'ok' }
    const some = anOutcome(three, (from, to) =>
      to.container === 'web' ? [...open, from.host === 'lindenau' ? answered : silent] : open,
    )
    expect(causesOf(some)).toEqual([])
    const other = anOutcome(three, (_from, to) =>
      to.container === 'web' ? [...open, { ...silent, port: 9999 }] : open,
    )
    expect(causesOf(other)).toEqual([])
  })
})
