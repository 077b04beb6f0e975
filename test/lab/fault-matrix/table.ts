import { mkdir, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { markdownTable } from 'markdown-table'
import type { Finding } from '../../../src/core/diagnosis/finding'
import type { Fixed } from './fixes'
import { notInMatrix } from './not-in-matrix'

/** What became of one fault. Milliseconds. */
export interface MatrixRow {
  readonly cause: string
  readonly fault: string
  readonly findings: readonly Finding[]
  /** The first finding is the cause, and names whom it should. */
  readonly isFirst: boolean
  /** What was found besides, and is not so. */
  readonly also: readonly Finding[]
  readonly testedMs: number
  /** From the undoing of the fault until all pairs passed again. */
  readonly greenMs?: number
  /** What the fix of the finding did, where there is one. */
  readonly fixed?: Fixed
  /** Why a fix that is offered was not run here. */
  readonly notFixed?: string
}

/** The table of causes that the fault matrix writes to artifacts/fault-matrix.md. */
export class MatrixTable {
  readonly #rows: MatrixRow[] = []
  #healthy: { readonly runs: number; readonly findings: readonly Finding[] } | undefined

  add(row: MatrixRow): void {
    this.#rows.push(row)
  }

  /** Says more about the row that was added last. */
  last(more: Partial<MatrixRow>): void {
    const row = this.#rows.pop()
    if (row) this.#rows.push({ ...row, ...more })
  }

  healthy(result: { readonly runs: number; readonly findings: readonly Finding[] }): void {
    this.#healthy = result
  }

  async write(folder = resolve(import.meta.dirname, '../../../artifacts')): Promise<void> {
    await mkdir(folder, { recursive: true })
    await writeFile(resolve(folder, 'fault-matrix.md'), this.text())
  }

  text(): string {
    const seconds = (ms: number | undefined) => (ms === undefined ? '' : (ms / 1_000).toFixed(1))
    const yes = (is: boolean) => (is ? 'yes' : 'NO')
    const rows = this.#rows.map((row) => [
      row.cause,
      row.fault,
      yes(row.findings.some(({ cause }) => cause === row.cause)),
      yes(row.isFirst),
      String(row.also.length),
      fixedInWords(row),
      seconds(row.testedMs),
      seconds(row.greenMs),
    ])
    const others = notInMatrix.map(({ cause, proof }) => [cause, proof, '', '', '', '—', '', ''])
    const header = ['Cause', 'Fault', 'Detected', 'First', 'Wrongly blamed', 'Fixed', 'Test (s)', 'Green again (s)']
    const wrong = this.#rows.reduce((sum, { also }) => sum + also.length, 0)
    const fixes = this.#rows.flatMap(({ fixed }) => fixed ?? [])
    return [
      '# Fault matrix',
      `${this.#rows.length} faults on a real swarm: ${this.#rows.filter(({ isFirst }) => isFirst).length} were named first, ${wrong} findings blamed something else.`,
      `${fixes.length} fixes were run from the first finding: ${fixes.filter(({ isGreen }) => isGreen).length} made all green again. After each only what had failed was tested again.`,
      this.#healthy === undefined
        ? ''
        : `${this.#healthy.runs} tests under load with nothing broken: ${this.#healthy.findings.length} findings.`,
      markdownTable([header, ...rows, ...others]),
      'Fixed: the fix that the first finding offers, run by the editor’s own command; how many pairs were tested again after it; seconds. “—”: none is offered that changes something.',
      'Rows without an answer are not made here; they say where the cause is proved.',
      '',
    ]
      .filter((part, index, all) => part !== '' || index === all.length - 1)
      .join('\n\n')
  }
}

function fixedInWords({ fixed, notFixed }: MatrixRow): string {
  if (fixed === undefined) return notFixed === undefined ? '—' : `not run: ${notFixed}`
  const { fixes, again, pairs, isGreen, isByHand, ms } = fixed
  const all = [...fixes, ...(isByHand ? ['then started by hand'] : [])]
  return `${all.join(', ')}: ${isGreen ? 'yes' : 'NO'} (${again} of ${pairs} pairs again, ${(ms / 1_000).toFixed(1)} s)`
}
