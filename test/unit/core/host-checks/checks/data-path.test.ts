import { describe, expect, it } from 'vitest'
import { dataPath } from '../../../../../src/core/host-checks/checks/data-path'
import { aReading } from '../../diagnosis/reading'
import { fine, lost } from '../../diagnosis/outcome'
import { all, judged, representatives, touches, verdicts } from './judged'

describe('data-path', () => {
  it('is told by containers that answer each other', () => {
    expect(judged(dataPath, { saw: () => fine })['miltitz']).toEqual({
      verdict: 'ok',
      reason: 'Containers here and on lindenau and tolkewitz answer each other over 4789/udp.',
    })
  })

  it('fails at both ends of a way on which nothing gets through, and says where packets get lost', () => {
    const isBad = touches('miltitz')
    const [, shell1, web] = representatives
    const directions = [{ from: web!, to: shell1!, lost: 'there', detail: 'none arrived at miltitz' }] as const
    const situation = {
      saw: (from: Parameters<typeof isBad>[0], to: Parameters<typeof isBad>[1]) => (isBad(from, to) ? lost : fine),
      reading: aReading({ directions, dataPathPort: 5000 }),
    }
    expect(verdicts(dataPath, situation)).toEqual(['lindenau failed', 'miltitz failed', 'tolkewitz failed'])
    expect(judged(dataPath, situation)['miltitz']?.reason).toBe(
      'Between its containers and those on lindenau and tolkewitz nothing gets through over 5000/udp. none arrived at miltitz',
    )
  })

  it('is not told without containers, nor where there is no VXLAN', () => {
    expect(verdicts(dataPath)).toEqual(all('not-tested'))
    expect(verdicts(dataPath, { saw: () => fine, network: { driver: 'macvlan' } })).toEqual(all('not-tested'))
  })
})
