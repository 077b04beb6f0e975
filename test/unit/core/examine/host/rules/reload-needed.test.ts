import { describe, expect, it } from 'vitest'
import { only } from './found-by'

import { aDockerUnit } from '../../../../examine-builders'

describe('reload-needed', () => {
  it('names the units', () => {
    expect(only('reload-needed', { units: [aDockerUnit({ needsReload: true })] }).details.units).toEqual([
      'docker.service',
    ])
  })
})
