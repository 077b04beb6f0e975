import { describe, expect, it } from 'vitest'
import { forEachBounded } from '../../../../src/core/collections/for-each-bounded'

const turn = () => new Promise((resolve) => setImmediate(resolve))

describe('forEachBounded', () => {
  it('does everything, in order, with no more at a time than allowed', async () => {
    const [begun, most] = [[] as number[], { now: 0, seen: 0 }]
    await forEachBounded([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
      begun.push(item)
      most.seen = Math.max(most.seen, ++most.now)
      await turn()
      most.now--
    })
    expect([begun, most.seen]).toEqual([[1, 2, 3, 4, 5, 6, 7], 3])
  })

  it('ends with the first failure and begins nothing after it', async () => {
    const begun: number[] = []
    const run = forEachBounded([1, 2, 3, 4, 5], 2, async (item) => {
      begun.push(item)
      await turn()
      if (item === 1) throw new Error('no')
      await turn()
    })
    await expect(run).rejects.toThrow('no')
    await turn()
    await turn()
    expect(begun).toEqual([1, 2])
  })

  it('has nothing to do with nothing', async () => {
    await expect(forEachBounded([], 4, () => Promise.reject(new Error('never')))).resolves.toBeUndefined()
  })
})
