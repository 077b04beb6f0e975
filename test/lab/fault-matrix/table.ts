import { mkdir, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { markdownTable } from 'markdown-table'
import type { Finding } from '../../../src/core/diagnosis/finding'
import { notMadeHere } from './not-made-here'

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
  readonly fixed?: string
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
      row.fixed ?? '',
      seconds(row.testedMs),
      seconds(row.greenMs),
    ])
    const others = notMadeHere.map(({ cause, why }) => [cause, why, 'recorded', 'recorded', '', '', '', ''])
    const header = ['Cause', 'Fault', 'Detected', 'First', 'Wrongly blamed', 'Fixed', 'Test (s)', 'Green again (s)']
    const wrong = this.#rows.reduce((sum, { also }) => sum + also.length, 0)
    return [
      '# Fault matrix',
      `${this.#rows.length} faults on a real swarm: ${this.#rows.filter(({ isFirst }) => isFirst).length} were named first, ${wrong} findings blamed something else.`,
      this.#healthy === undefined
        ? ''
        : `${this.#healthy.runs} tests under load with nothing broken: ${this.#healthy.findings.length} findings.`,
      markdownTable([header, ...rows, ...others]),
      '“recorded”: this kind of machine cannot make it; a unit test proves it on recorded or written-down evidence.',
      '',
    ]
      .filter((part, index, all) => part !== '' || index === all.length - 1)
      .join('\n\n')
  }
}
