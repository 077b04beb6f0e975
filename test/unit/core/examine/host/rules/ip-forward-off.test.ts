import { describe, expect, it } from 'vitest'
import { causesIn, only } from './found-by'

import { aHostFacts } from '../../../../examine-builders'
import { omit } from '../../../../omit'

const { kernel } = aHostFacts()

describe('ip-forward-off', () => {
  it('is there only where it was seen to be off', () => {
    expect(only('ip-forward-off', { kernel: { ...kernel, ipForward: false } }).severity).toBe('warning')
    expect(causesIn({ kernel: omit(kernel, 'ipForward') })).toEqual([])
  })
})
