import { describe, expect, it } from 'vitest'
import { judgeDirection } from '../../../../src/core/host-checks/direction'
import { aPeer } from '../../builders'

const peers = [aPeer('api', 'lindenau'), aPeer('cache', 'miltitz')] as const
const at = (receivedBytes: number, name = 'eth0') => [
  { name, receivedBytes, receivedPackets: 0, sentBytes: 0, sentPackets: 0 },
]
const frame = 942
const judge = (source: readonly [number, number], target: readonly [number, number]) =>
  judgeDirection(
    peers,
    { atSource: at(source[0]), atTarget: at(target[0]) },
    { atSource: at(source[1]), atTarget: at(target[1]) },
  )

describe('judgeDirection', () => {
  it('tells requests that do not arrive', () => {
    const found = judge([0, 84], [500, 542])
    expect(found.lost).toBe('there')
    expect(found.detail).toContain('none arrived at miltitz')
  })

  it('tells answers that do not come back', () => {
    const found = judge([0, 42], [0, 5 * frame + 84])
    expect(found.lost).toBe('back')
    expect(found.detail).toContain('5 arrived at miltitz, and no answer came back')
  })

  it('does not judge a busy container, answers that came, or an interface that changed', () => {
    expect(judge([0, 0], [0, 50 * frame]).lost).toBe('unclear')
    expect(judge([0, 5 * frame], [0, 5 * frame]).lost).toBe('unclear')
    const changed = judgeDirection(
      peers,
      { atSource: at(0), atTarget: at(0) },
      { atSource: at(0), atTarget: at(0, 'eth2') },
    )
    expect(changed.lost).toBe('unclear')
  })
})
