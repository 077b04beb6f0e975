import { describe, expect, it } from 'vitest'
import { only } from './found-by'

describe('engine-hung', () => {
  it('tells an engine that runs and does not answer', () => {
    const found = only('engine-hung', { api: { isAnswering: false, text: '' } })
    expect([found.details.pid, ...found.evidence]).toEqual([700, 'docker version on the host: no answer within 3 s.'])
  })
})
