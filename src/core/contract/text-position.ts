/** Both from 1, as people and editors count. */
export interface TextPosition {
  readonly line: number
  readonly column: number
}

/** Where an offset is. */
export function positionAt(text: string, offset: number): TextPosition {
  const before = text.slice(0, offset)
  const line = before.split('\n').length
  return { line, column: offset - before.lastIndexOf('\n') }
}

export function lineNumberAt(text: string, offset: number): number {
  return positionAt(text, offset).line
}
