import type { Reporter, SerializedError, TestCase, TestModule, TestSuite } from 'vitest/node'
import { onlyFailures, writeResults, type FileResults, type ToldTest } from './results'

/** Its first error, in one line. */
function tell(test: string, errors: readonly SerializedError[] | undefined): ToldTest {
  const why = errors?.[0]?.message ?? 'no error was kept'
  return { test, why: why.replaceAll(/\s+/g, ' ').trim() }
}

const tellCase = (test: TestCase): ToldTest => tell(test.fullName, test.result().errors)

/** A file that cannot be loaded, and a group whose hook failed: no test has their error. */
function brokenGroups(module: TestModule): readonly ToldTest[] {
  const groups: readonly (TestModule | TestSuite)[] = [module, ...module.children.allSuites()]
  return groups
    .filter((group) => group.errors().length > 0)
    .map((group) => tell(group.type === 'module' ? 'the file itself' : group.fullName, group.errors()))
}

function fileResults(module: TestModule): FileResults {
  const tests = [...module.children.allTests()]
  const passed = tests.filter((test) => test.result().state === 'passed')
  const failed = tests.filter((test) => test.result().state === 'failed')
  const failures = [...failed.map(tellCase), ...brokenGroups(module)]
  return {
    file: module.relativeModuleId,
    passed: passed.length,
    failed: failures.length,
    skipped: tests.length - passed.length - failed.length,
    failures,
    secondTries: passed.filter((test) => test.diagnostic()?.flaky === true).map(tellCase),
  }
}

function outsideOfTests(errors: readonly SerializedError[]): readonly FileResults[] {
  const failures = errors.map((error) => tell('outside of any test', [error]))
  return failures.length === 0 ? [] : [onlyFailures('all files', failures)]
}

/** A vitest reporter: leaves the results in the file that `TEST_RESULTS` names. */
// eslint-disable-next-line no-restricted-syntax -- vitest takes a reporter’s default export
export default class ResultsReporter implements Reporter {
  async onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): Promise<void> {
    const file = process.env['TEST_RESULTS']
    if (file === undefined) return
    await writeResults(file, [...modules.map(fileResults), ...outsideOfTests(unhandled)])
  }
}
