import { appendFile } from 'node:fs/promises'
import type { Reporter, TestCase } from 'vitest/node'

/** Where the names are left for the summary of all gates (scripts/bootstrap/gates.mjs). */
const file = 'artifacts/second-tries.txt'

/** A vitest reporter: says which tests passed only at their second try, and why the first one failed. */
// eslint-disable-next-line no-restricted-syntax -- vitest takes a reporter’s default export
export default class SecondTries implements Reporter {
  readonly #lines: string[] = []

  onTestCaseResult(test: TestCase): void {
    if (test.diagnostic()?.flaky !== true) return
    const [why = 'no error was kept'] = (test.result().errors ?? []).map(({ message }) => message)
    this.#lines.push(`${test.module.relativeModuleId}, ${test.fullName}: ${why.replaceAll(/\s+/g, ' ')}`)
  }

  async onTestRunEnd(): Promise<void> {
    if (this.#lines.length > 0) await appendFile(file, `${this.#lines.join('\n')}\n`)
  }
}
