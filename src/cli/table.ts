import { stripControl } from '../core/text/sanitize'

/** Rows as aligned columns, two blanks apart; nothing from an engine can move the cursor or colour the terminal. */
export function formatTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const clean = [header, ...rows].map((row) => row.map((cell) => stripControl(cell)))
  const widths = header.map((_, column) => Math.max(...clean.map((row) => row[column]?.length ?? 0)))
  return clean
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
