import { describe, expect, it } from 'vitest'
import { LineEditor } from '../../../../src/app/terminal/line-editor'

/** Types each piece and gives what was shown and what was sent in all. */
function typed(...pieces: string[]): { echo: string; sent: string; leave: boolean } {
  const editor = new LineEditor()
  const edits = pieces.map((piece) => editor.type(piece))
  return {
    echo: edits.map((edit) => edit.echo).join(''),
    sent: edits.flatMap((edit) => edit.lines).join(''),
    leave: edits.some((edit) => edit.leave),
  }
}

describe('LineEditor', () => {
  it('echoes what is typed and sends the line at Enter', () => {
    expect(typed('l', 's', '\r')).toEqual({ echo: 'ls\r\n', sent: 'ls\n', leave: false })
  })

  it('sends nothing before Enter', () => {
    expect(typed('ls').sent).toBe('')
  })

  it('takes back one character at Backspace, and none from an empty line', () => {
    expect(typed('a', 'b', '\u007F', 'c', '\r')).toMatchObject({ echo: 'ab\b \bc\r\n', sent: 'ac\n' })
    expect(typed('\u007F', '\b').echo).toBe('')
  })

  it.each([
    ['a wide character', '漢', '\b \b\b \b'],
    ['an emoji', '🙂', '\b \b\b \b'],
    ['an emoji of several code points', '👩‍🔧', '\b \b\b \b'],
    ['a letter with a combining accent', 'e\u0301', '\b \b'],
    ['a tab, shown as ^I', '\t', '\b \b\b \b'],
  ])('takes back %s as a whole', (_name, character, erased) => {
    const { echo, sent } = typed(`x${character}`, '\u007F', '\r')
    expect(echo.endsWith(`${erased}\r\n`)).toBe(true)
    expect(sent).toBe('x\n')
  })

  it('drops the whole line at Ctrl+U', () => {
    expect(typed('abc', '\u0015', 'd', '\r')).toMatchObject({ echo: `abc${'\b \b'.repeat(3)}d\r\n`, sent: 'd\n' })
  })

  it('sends every line of a pasted text and keeps the rest', () => {
    const editor = new LineEditor()
    expect(editor.type('one\r\ntwo\nthr').lines).toEqual(['one\n', 'two\n'])
    expect(editor.type('ee\r').lines).toEqual(['three\n'])
  })

  it('keeps a tab in the line', () => {
    expect(typed('a\tb\r').sent).toBe('a\tb\n')
  })

  it.each([
    ['Arrow up', '\u001B[A'],
    ['Ctrl+Right', '\u001B[1;5C'],
    ['F1', '\u001BOP'],
    ['Alt+X', '\u001Bx'],
    ['Escape', '\u001B'],
    ['Ctrl+Z', '\u001A'],
  ])('ignores %s', (_name, key) => {
    expect(typed('a', key, 'b', '\r')).toEqual({ echo: 'ab\r\n', sent: 'ab\n', leave: false })
  })

  it.each([
    ['Ctrl+C', '\u0003'],
    ['Ctrl+D', '\u0004'],
  ])('asks to leave at %s and keeps the line', (_name, key) => {
    expect(typed('a', key, '\r')).toEqual({ echo: 'a\r\n', sent: 'a\n', leave: true })
  })
})
