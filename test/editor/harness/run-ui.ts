import { join } from 'node:path'
import type { FileResults } from '../../results/results'
import { reporters, runWithSecondRun } from '../../results/second-run'
import { repositoryRoot } from './artifacts'
import { runVisible } from './run-visible'

const vitest = join(repositoryRoot, 'node_modules', 'vitest', 'vitest.mjs')

/** Runs the tests that drive the window, all or those whose file's name has one of the `filters`. */
export function runUi(filters: readonly string[]): Promise<readonly FileResults[]> {
  return runWithSecondRun(join(repositoryRoot, 'artifacts', 'editor-ui.json'), filters, (chosen, env) =>
    runVisible([vitest, 'run', '--project', 'editor', ...reporters, ...chosen], env),
  )
}
