import { describe, expect, it } from 'vitest'
import { codeSpan, definitionList, escapeMarkdown } from '../../../../src/core/text/markdown'

describe('escapeMarkdown', () => {
  it.each([
    ['web', 'web'],
    ['my-net.internal/10.0.0.0', 'my-net.internal/10.0.0.0'],
    ['my_net', 'my\\_net'],
    ['*bold* `code`', '\\*bold\\* \\`code\\`'],
    ['[run](command:evil)', '\\[run\\](command:evil)'],
    ['![x](http://h/y)', '\\!\\[x\\](http:\\//h/y)'],
    ['<img src=x>', '\\<img src=x\\>'],
    ['&lt;', '\\&lt;'],
    ['a|b', 'a\\|b'],
    ['$(trash) gone', '\\$(trash) gone'],
    ['# heading', '\\# heading'],
    ['- item', '\\- item'],
    ['+ item', '\\+ item'],
    ['1. item', '1\\. item'],
    ['2) item', '2\\) item'],
    ['see www.example.com', 'see www\\.example.com'],
    ['mail me@example.com', 'mail me\\@example.com'],
    ['back\\slash', 'back\\\\slash'],
    ['two\nlines', 'two lines'],
    ['tab\tand \u001b[31mred\u001b[0m', 'tab and red'],
  ])('%j becomes %j', (text, markdown) => {
    expect(escapeMarkdown(text)).toBe(markdown)
  })

  it('shortens what no tooltip can show', () => {
    expect(escapeMarkdown('x'.repeat(1_000_000))).toHaveLength(2_000)
  })
})

describe('codeSpan', () => {
  it.each([
    ['web', '`web`'],
    ['a`b', '``a`b``'],
    ['a``b`c', '```a``b`c```'],
    ['`a', '`` `a ``'],
    ['', ''],
    ['a\nb', '`a b`'],
  ])('%j becomes %j', (text, markdown) => {
    expect(codeSpan(text)).toBe(markdown)
  })
})

describe('definitionList', () => {
  it('leaves out rows without a value', () => {
    const rows = [
      ['Image', '`nginx`'],
      ['Command', undefined],
      ['Labels', ''],
    ] as const
    expect(definitionList(rows)).toBe('- Image: `nginx`')
  })
})
