import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { reportersTo } from '../../reporters'
import type { SuiteResults } from '../suite/results'
import { repositoryRoot } from './artifacts'
import { runVisible } from './run-visible'

interface VitestReport {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly numTodoTests: number
}

const report = join('artifacts', 'editor-ui.json')

/** Runs the tests that drive the window, all or those whose file's name has one of the `filters`. */
export async function runUi(filters: readonly string[]): Promise<SuiteResults> {
  await rm(join(repositoryRoot, report), { force: true })
  const vitest = join(repositoryRoot, 'node_modules', 'vitest', 'vitest.mjs')
  const status = await runVisible([vitest, 'run', '--project', 'editor', ...reportersTo(report), ...filters], {
    VITE_CONFIG_NATIVE_IGNORE_WARNING: 'true',
  })
  const written = await readFile(join(repositoryRoot, report), 'utf8').catch(() => undefined)
  if (written === undefined) return { passed: 0, failed: 1, skipped: 0 }
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(written) as VitestReport
  // A file that cannot be loaded, or a hook that fails, has no test to count.
  const failed = status === 0 ? numFailedTests : Math.max(1, numFailedTests)
  return { passed: numPassedTests, failed, skipped: numPendingTests + numTodoTests }
}
