import { cellsOf } from './cells'

/** What one piece of typing leads to. */
export interface LineEdit {
  /** What to show at the cursor. */
  readonly echo: string
  /** Finished lines, each with its line feed. */
  readonly lines: readonly string[]
  /** Ctrl+C or Ctrl+D, which without a terminal at the far side have no meaning of their own. */
  readonly leave: boolean
}

const escape = '\u001B'
const interrupt = '\u0003'
const endOfInput = '\u0004'
const eraseLine = '\u0015'
const backspaces = ['\u007F', '\b']

/**
 * What a terminal driver's line mode does (termios' ICANON and ECHO), for a process that has no terminal: shows what is
 * typed, lets the line be corrected, and hands it over at Enter. Backspace takes back one character as a person sees
 * it, Ctrl+U the whole line; arrow and function keys do nothing.
 */
export class LineEditor {
  /** The characters of the unfinished line. */
  #line: string[] = []
  readonly #segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

  /** @param input one or more characters as xterm sends them: keys, escape sequences, or a pasted text. */
  type(input: string): LineEdit {
    const lines: string[] = []
    let echo = ''
    let leave = false
    for (const character of this.#characters(input)) {
      if (character === '\r' || character === '\n' || character === '\r\n') {
        lines.push(`${this.#line.join('')}\n`)
        this.#line = []
        echo += '\r\n'
      } else if (backspaces.includes(character)) echo += erase(this.#line.pop())
      else if (character === eraseLine) echo += this.#line.splice(0).map(erase).join('')
      else if (character === interrupt || character === endOfInput) leave = true
      else echo += this.#insert(character)
    }
    return { echo, lines, leave }
  }

  #insert(character: string): string {
    const shown = show(character)
    if (shown !== '') this.#line.push(character)
    return shown
  }

  #characters(input: string): string[] {
    return [...this.#segmenter.segment(withoutEscapeSequences(input))].map((segment) => segment.segment)
  }
}

/** A tab is shown as `^I`: how far a real one reaches depends on output that we do not follow. Other controls vanish. */
function show(character: string): string {
  if (character === '\t') return '^I'
  return /^\p{Cc}/u.test(character) ? '' : character
}

function erase(character: string | undefined): string {
  return character === undefined ? '' : '\b \b'.repeat(cellsOf(show(character)))
}

/** CSI (`ESC [ … final`), SS3 (`ESC O x`) and two-character sequences (ECMA-48, 5.3 to 5.5). */
function withoutEscapeSequences(input: string): string {
  let text = ''
  for (let i = 0; i < input.length; i++) {
    if (input[i] !== escape) text += input.charAt(i)
    else if (input[i + 1] === '[') i = endOfControlSequence(input, i + 2)
    else i += input[i + 1] === 'O' ? 2 : 1
  }
  return text
}

function endOfControlSequence(input: string, from: number): number {
  let i = from
  while (i < input.length && !/[@-~]/.test(input.charAt(i))) i++
  return i
}
