import { describe, expect, it } from 'vitest'
import { failed, only } from './found-by'

describe('engine-failed', () => {
  it('gives the engine’s own words', () => {
    const found = only(
      'engine-failed',
      failed({ log: ['failed to start daemon: error initializing graphdriver: driver not supported'] }),
    )
    expect(found.title).toBe('The engine does not start: it ended with 1')
    expect(found.evidence[1]).toContain('error initializing graphdriver')
  })
})
