import type { Cell } from './matrix'

/** Gives `text` the colour of a result, or leaves it as it is. */
export type Painter = (cell: Cell, text: string) => string

const colors: Readonly<Record<Cell, number>> = { pass: 32, fail: 31, 'not-tested': 33, self: 90, none: 90 }

/** SGR colours (ECMA-48, 8.3.117), or none. */
export function painter(isColored: boolean): Painter {
  return isColored ? (cell, text) => `\u001b[${colors[cell]}m${text}\u001b[0m` : (_cell, text) => text
}
