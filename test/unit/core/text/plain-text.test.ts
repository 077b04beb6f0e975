import { describe, expect, it } from 'vitest'
import { count, enumerate } from '../../../../src/core/text/count'
import { formatMoment } from '../../../../src/core/text/moment'
import { singleLine } from '../../../../src/core/text/single-line'
import { noon } from '../../builders'

describe('singleLine', () => {
  it('makes one line and takes control characters away', () => {
    expect(singleLine(' a\r\n\tb \u0007c\u202e ')).toBe('a b c')
  })

  it('shortens to the limit, an ellipsis included', () => {
    expect(singleLine('abcdef', 6)).toBe('abcdef')
    expect(singleLine('abcdefg', 6)).toBe('abcde…')
  })

  it('takes no longer for what is nearly harmless', () => {
    expect(singleLine(`${'a'.repeat(199)}\u0007`)).toBe('a'.repeat(199))
    expect(singleLine(`${'a '.repeat(99)} b`)).toBe(`${'a '.repeat(99)}b`)
  })

  it('never cuts a character in two', () => {
    expect(singleLine('😀😀😀', 2)).toBe('😀…')
  })
})

describe('count', () => {
  it('knows one from many', () => {
    expect([count(0, 'host'), count(1, 'host'), count(2, 'host'), count(2, 'entry', 'entries')]).toEqual([
      '0 hosts',
      '1 host',
      '2 hosts',
      '2 entries',
    ])
  })
})

describe('enumerate', () => {
  it.each([
    [[], ''],
    [['a'], 'a'],
    [['a', 'b'], 'a and b'],
    [['a', 'b', 'c'], 'a, b and c'],
    [['a', 'b', 'c', 'd', 'e'], 'a, b, c, d and e'],
    [['a', 'b', 'c', 'd', 'e', 'f'], 'a, b, c, d and 2 more'],
  ])('%j reads %j', (names, text) => {
    expect(enumerate(names)).toBe(text)
  })
})

describe('formatMoment', () => {
  it('gives the time alone for today, the date besides for any other day', () => {
    expect(formatMoment(noon, noon + 1_000)).toBe('14:03:22')
    expect(formatMoment(noon, noon + 86_400_000)).toBe('2026-03-04 14:03:22')
  })
})
