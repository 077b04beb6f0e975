import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

/** How many tests of a run ended how. */
export interface SuiteResults {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

/** A test that failed, or failed at first, and with what words. */
export interface ToldTest {
  readonly test: string
  readonly why: string
}

/** What became of the tests of one file. */
export interface FileResults extends SuiteResults {
  /** Relative to the repository. */
  readonly file: string
  readonly failures: readonly ToldTest[]
  /** Passed, but only when asked again. */
  readonly secondTries: readonly ToldTest[]
}

/** Results of something that is no file of tests, or has none that could tell: only what failed. */
export function onlyFailures(file: string, failures: readonly ToldTest[]): FileResults {
  return { file, passed: 0, failed: failures.length, skipped: 0, failures, secondTries: [] }
}

/** How many tests of all files ended how. */
export function countAll(results: readonly FileResults[]): SuiteResults {
  const sum = (key: keyof SuiteResults) => results.reduce((total, counts) => total + counts[key], 0)
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') }
}

/** The results in a file; undefined where the runner came to no end and left none. */
export async function readResults(file: string): Promise<readonly FileResults[] | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as readonly FileResults[]
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** Leaves results for the summary of all gates (scripts/bootstrap/gates.mjs), in a file whose folder may have to be made. */
export async function writeResults(file: string, results: readonly FileResults[]): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, `${JSON.stringify(results)}\n`)
}
