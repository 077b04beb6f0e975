import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'

const folder = resolve(import.meta.dirname, '../../../fixtures/docker')

/** An engine's answer as it came, without what nothing here reads. */
export function fixture(name: string): unknown {
  return JSON.parse(readFileSync(resolve(folder, `${name}.json`), 'utf8')) as unknown
}
