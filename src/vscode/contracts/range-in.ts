import { Range } from 'vscode'
import { positionAt } from '../../core/contract/text-position'
import type { TextRange } from '../../core/contract/types'

/** A range of a text that no document has to be open for. */
export function rangeIn(text: string, { start, end }: TextRange): Range {
  const [a, b] = [positionAt(text, start), positionAt(text, end)]
  return new Range(a.line - 1, a.column - 1, b.line - 1, b.column - 1)
}
