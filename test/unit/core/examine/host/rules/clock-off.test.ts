import { describe, expect, it } from 'vitest'
import { causesIn, only } from './found-by'

describe('clock-off', () => {
  it('says by how much, and counts what is certain', () => {
    const found = only('clock-off', { clock: { aheadMs: -7_200_000, uncertaintyMs: 500 } })
    expect([found.title, found.severity]).toEqual(['Its clock is 2 hours behind this machine’s', 'error'])
    expect(only('clock-off', { clock: { aheadMs: 40_000, uncertaintyMs: 500 } }).severity).toBe('warning')
    expect(causesIn({ clock: { aheadMs: 31_000, uncertaintyMs: 5_000 } })).toEqual([])
  })
})
