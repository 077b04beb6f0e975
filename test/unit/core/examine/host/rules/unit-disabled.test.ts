import { describe, expect, it } from 'vitest'
import { causesIn, failed, only } from './found-by'

import { aDockerUnit } from '../../../../examine-builders'

describe('unit-disabled', () => {
  it('is an error while the engine is down, and a warning while it runs', () => {
    const unit = { activeState: 'inactive', result: 'success', unitFileState: 'disabled' }
    expect(only('unit-disabled', failed({ unit })).severity).toBe('error')
    expect(only('unit-disabled', { units: [aDockerUnit({ unitFileState: 'disabled' })] }).severity).toBe('warning')
    expect(causesIn({ units: [aDockerUnit({ unitFileState: 'static' })] })).toEqual([])
  })
})
