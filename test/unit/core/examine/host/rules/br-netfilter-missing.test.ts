import { describe, expect, it } from 'vitest'
import { causesIn, only } from './found-by'

import { aHostFacts } from '../../../../examine-builders'

const { kernel } = aHostFacts()

describe('br-netfilter-missing', () => {
  it('is there only where that is certain', () => {
    expect(only('br-netfilter-missing', { kernel: { ...kernel, brNetfilter: 'missing' } }).severity).toBe('warning')
    expect(causesIn({ kernel: { ...kernel, brNetfilter: 'available' } })).toEqual([])
  })
})
