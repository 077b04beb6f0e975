import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { expect } from 'vitest'

const folder = resolve(import.meta.dirname, '../fixtures/golden')

/**
 * Compares a whole text with the file that holds how it should be, for instance `report.golden.md`;
 * `UPDATE_GOLDEN=1` writes the file instead.
 */
export function expectGolden(name: `${string}.golden.${string}`, text: string): void {
  const file = join(folder, name)
  if (process.env['UPDATE_GOLDEN'] === '1') {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }
  expect(text).toBe(readFileSync(file, 'utf8'))
}
