import { describe, expect, it } from 'vitest'
import { groupBy } from '../../../../src/core/collections/group-by'

describe('groupBy', () => {
  it('keeps the order of keys and of items', () => {
    const groups = groupBy(['b1', 'a1', 'b2'], (text) => text[0])
    expect([...groups]).toEqual([
      ['b', ['b1', 'b2']],
      ['a', ['a1']],
    ])
  })
})
