import { describe, expect, it } from 'vitest'
import { causesIn, only } from './found-by'

import { aHostFacts } from '../../../../examine-builders'

const { kernel } = aHostFacts()

describe('vxlan-missing', () => {
  it('is there only where that is certain', () => {
    expect(only('vxlan-missing', { kernel: { ...kernel, vxlan: 'missing' } }).details).toEqual({ module: 'vxlan' })
    expect(causesIn({ kernel: { ...kernel, vxlan: 'unknown' } })).toEqual([])
  })
})
