import { describe, expect, it } from 'vitest'
import { closest } from '../../../../src/core/text/closest'

const keys = ['from', 'to', 'network', 'tcp', 'http', 'mustNot']

describe('closest', () => {
  it.each([
    ['form', 'from'],
    ['tpc', 'tcp'],
    ['netwrok', 'network'],
    ['must-not', 'mustNot'],
    ['MUST_NOT', 'mustNot'],
    ['https', 'http'],
  ])('takes %s for %s', (word, meant) => {
    expect(closest(word, keys)).toBe(meant)
  })

  it.each(['', 'zebra', 'x'.repeat(10_000)])('does not guess at all costs', (word) => {
    expect(closest(word, keys)).toBeUndefined()
  })
})
