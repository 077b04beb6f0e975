import { describe, expect, it } from 'vitest'
import { causesIn, only } from './found-by'

describe('store-unreachable', () => {
  it('tells a store that is gone from a member that is', () => {
    const closed = { address: '10.0.0.5:2379', outcome: 'timeout' } as const
    const open = { address: '10.0.0.6:2379', outcome: 'open' } as const
    expect(only('store-unreachable', { store: [closed] }).severity).toBe('error')
    expect(only('store-unreachable', { store: [closed, open] }).severity).toBe('warning')
    expect(causesIn({ store: [open, { ...closed, outcome: 'not-tested' }] })).toEqual([])
  })
})
