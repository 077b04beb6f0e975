import { describe, expect, it } from 'vitest'
import { matchesPattern, matchesPatternList } from '../../../../src/adapters/ssh/host-pattern'

describe('matchesPattern', () => {
  it.each([
    ['*', ''],
    ['*', 'anything'],
    ['a*', 'a'],
    ['*.co.uk', 'bbc.co.uk'],
    ['192.168.0.?', '192.168.0.7'],
    ['*a*b', 'xaxbxab'],
    ['a**b', 'ab'],
    ['a.b', 'a.b'],
    ['[h]:22*', '[h]:2222'],
  ])('%s covers %s', (pattern, name) => expect(matchesPattern(pattern, name)).toBe(true))

  it.each([
    ['', 'a'],
    ['a', ''],
    ['?', ''],
    ['192.168.0.?', '192.168.0.'],
    ['192.168.0.?', '192.168.0.77'],
    ['*.co.uk', 'co.uk'],
    ['a.b', 'axb'],
    ['ab', 'abc'],
    ['*a*b', 'xbxa'],
  ])('%s does not cover %s', (pattern, name) => expect(matchesPattern(pattern, name)).toBe(false))

  it('takes no exponential time', () => {
    expect(matchesPattern(`${'*a'.repeat(50)}b`, 'a'.repeat(5_000))).toBe(false)
  })
})

describe('matchesPatternList', () => {
  it('needs one that matches and none that excludes, in any order', () => {
    expect(matchesPatternList(['web*', 'db*'], 'db1')).toBe(true)
    expect(matchesPatternList(['*', '!db1'], 'db1')).toBe(false)
    expect(matchesPatternList(['!db1', '*'], 'db1')).toBe(false)
    expect(matchesPatternList(['!db1'], 'web')).toBe(false)
    expect(matchesPatternList([], 'web')).toBe(false)
  })
})
