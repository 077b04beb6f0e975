import type { ContractBook } from './contract-book'
import { lineMarks, type ContractFix } from './contract-marks'

/** What helps against a line that does not hold: what the editor offers as its quick fixes. */
export type LineFix = Exclude<ContractFix, { readonly kind: 'replace' }>

/** A line of a contract: the address of its file, and what it says. */
export interface LinePlace {
  readonly address: string
  readonly title: string
}

/** The quick fixes of contracts' lines, where they are not asked for at the line itself. */
export interface LineFixes {
  /** What helps against what the line's last test said; none where it holds or is gone. */
  of(line: LinePlace): readonly LineFix[]
  /** Does it as the quick fix does, with the test of the line behind it. */
  apply(address: string, fix: LineFix): Promise<void>
}

/** The fixes of a line as a book of contracts has it. */
export function fixesOfLine(book: Pick<ContractBook, 'get'>, { address, title }: LinePlace): readonly LineFix[] {
  const file = book.get(address)
  const line = file?.contract.lines.find((each) => each.title === title)
  if (file === undefined || line === undefined) return []
  return lineMarks(file, line)
    .flatMap(({ fixes }) => fixes)
    .filter((fix): fix is LineFix => fix.kind !== 'replace')
}
