import { describe, expect, it } from 'vitest'
import { stripControl } from '../../../../src/core/text/sanitize'

describe('stripControl', () => {
  it.each([
    ['plain text stays', 'network gnswarm not found', 'network gnswarm not found'],
    ['letters of any script stay', 'Größe 大きさ 🐳', 'Größe 大きさ 🐳'],
    ['colours go with their parameters', '\u001b[1;31mred\u001b[0m', 'red'],
    ['a title sequence goes with its text', 'a\u001b]0;owned\u0007b', 'ab'],
    ['a title sequence ended by ST', 'a\u001b]8;;http://x\u001b\\b', 'ab'],
    ['an unended title sequence takes the rest', 'a\u001b]0;rest of it', 'a'],
    ['a one-byte CSI', 'a\u009b31mb', 'ab'],
    ['a lone escape', 'a\u001b', 'a'],
    ['a two-byte escape', 'a\u001bcb', 'ab'],
    ['C0 and DEL', 'a\u0000\u0008\u007fb', 'ab'],
    ['C1', 'a\u0080\u0090b', 'ab'],
    ['bidirectional overrides and isolates', 'a\u202egnp.exe\u202c\u2066\u2069', 'agnp.exe'],
    ['zero-width marks', 'a\u200b\u200d\ufeffb', 'ab'],
    ['line breaks become one blank', 'one\r\n  two\u2028three', 'one two three'],
    ['tabs become a blank', 'one\ttwo', 'one two'],
    ['ends are trimmed', '  text \n', 'text'],
  ])('%s', (_, text, expected) => {
    expect(stripControl(text)).toBe(expected)
  })

  it('takes no long time for a long unended sequence', () => {
    const text = '\u001b]'.repeat(20_000)
    const start = performance.now()
    expect(stripControl(text)).toBe('')
    expect(performance.now() - start).toBeLessThan(1000)
  })
})
