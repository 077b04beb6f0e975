import { appendFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { format } from 'node:util'
import Mocha from 'mocha'
import type { SuiteResults } from '../../results/results'

/**
 * Runs every test file beside this one inside the extension host; `@vscode/test-electron` and the browser's test driver
 * both call it. `SWARM_SUITE_REPORT` names a file for the readable report where nobody sees standard output,
 * `SWARM_SUITE_RESULTS` one for the counts, which is only written when the run came to its end.
 *
 * @throws Error when a test failed or there was none.
 */
export async function run(): Promise<void> {
  const report = process.env['SWARM_SUITE_REPORT']
  if (report !== undefined) {
    Mocha.reporters.Base.consoleLog = (...args: unknown[]) => appendFileSync(report, `${format(...args)}\n`)
  }
  const mocha = new Mocha({ ui: 'bdd', timeout: 30_000, color: false, forbidOnly: process.env['CI'] !== undefined })
  for (const name of readdirSync(__dirname)) if (name.endsWith('.test.js')) mocha.addFile(join(__dirname, name))
  const results = await runToTheEnd(mocha)
  const file = process.env['SWARM_SUITE_RESULTS']
  if (file !== undefined) writeFileSync(file, JSON.stringify(results))
  if (results.failed > 0) throw new Error(`${results.failed} of the tests in the extension host failed.`)
  if (results.passed === 0) throw new Error('No test ran in the extension host.')
}

function runToTheEnd(mocha: Mocha): Promise<SuiteResults> {
  return new Promise((resolve) => {
    const runner = mocha.run(() => {
      const { passes = 0, failures = 0, pending = 0 } = runner.stats ?? {}
      resolve({ passed: passes, failed: failures, skipped: pending })
    })
  })
}
