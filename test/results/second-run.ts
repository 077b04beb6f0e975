import { rm } from 'node:fs/promises'
import { countAll, onlyFailures, readResults, type FileResults } from './results'

/** vitest's options for who tells of the tests: a person, and the summary of all gates. */
export const reporters = ['--reporter=default', '--reporter=./test/results/vitest-reporter.ts'] as const

/** Runs vitest over the files that `filters` name, all where there are none, and gives its exit status. */
export type RunTests = (filters: readonly string[], env: Readonly<Record<string, string>>) => Promise<number>

/**
 * Runs tests that drive real machines. In CI a file that failed is run once more, whole: its tests build on each other, and
 * a second try of one alone finds what the first one left behind.
 * @param file where vitest leaves its results
 */
export async function runWithSecondRun(
  file: string,
  filters: readonly string[],
  run: RunTests,
): Promise<readonly FileResults[]> {
  const first = await runOnce(file, filters, run)
  const again = first.filter(({ file, failed }) => failed > 0 && file.startsWith('test/')).map(({ file }) => file)
  if (!process.env['CI'] || again.length === 0) return first
  process.stdout.write(`\nOnce more, as a whole: ${again.join(', ')}\n`)
  return takeSecond(first, await runOnce(file, again, run))
}

async function runOnce(file: string, filters: readonly string[], run: RunTests): Promise<readonly FileResults[]> {
  // What an earlier run left must not pass for this one's.
  await rm(file, { force: true })
  const status = await run(filters, { TEST_RESULTS: file, VITE_CONFIG_NATIVE_IGNORE_WARNING: 'true' })
  const results = (await readResults(file)) ?? []
  if (status === 0 || countAll(results).failed > 0) return results
  const why = `vitest ended with ${status}, and no test failed`
  return [...results, onlyFailures('all files', [{ test: 'the run', why }])]
}

/** The results of both runs as those of one: the second goes before the first, whose failures are told. */
function takeSecond(first: readonly FileResults[], second: readonly FileResults[]): readonly FileResults[] {
  const ofFirst = new Map(first.map((results) => [results.file, results]))
  const merged = second.map((results) => ({
    ...results,
    secondTries: [...results.secondTries, ...(results.failed > 0 ? [] : (ofFirst.get(results.file)?.failures ?? []))],
  }))
  const isNew = new Set(second.map(({ file }) => file))
  return [...first.filter(({ file }) => !isNew.has(file)), ...merged]
}
