import { describe, expect, it, vi } from 'vitest'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { countAll, writeResults, type FileResults } from '../../results/results'
import { runWithSecondRun } from '../../results/second-run'

const green = (file: string, passed: number): FileResults => ({
  ...{ file, passed, failed: 0, skipped: 0 },
  ...{ failures: [], secondTries: [] },
})

const red = (file: string, ...tests: readonly string[]): FileResults => ({
  ...{ file, passed: 1, failed: tests.length, skipped: 0 },
  failures: tests.map((test) => ({ test, why: 'expected 2 to be +0' })),
  secondTries: [],
})

/** Runs with what vitest leaves in one run after the other, and gives the files that it was asked for as well. */
async function run(ci: string, ...runs: readonly (readonly FileResults[] | 'breaks off')[]) {
  const folder = await mkdtemp(join(tmpdir(), 'swarm-second-run-'))
  vi.stubEnv('CI', ci)
  vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  const asked: (readonly string[])[] = []
  try {
    const results = await runWithSecondRun(join(folder, 'results.json'), [], async (filters, env) => {
      const left = runs[asked.push(filters) - 1]
      if (left === undefined || left === 'breaks off') return 1
      await writeResults(env['TEST_RESULTS']!, left)
      return countAll(left).failed > 0 ? 1 : 0
    })
    return { results, asked, counts: countAll(results) }
  } finally {
    vi.restoreAllMocks()
    vi.unstubAllEnvs()
    await rm(folder, { recursive: true })
  }
}

const names = 'test/lab/names.test.ts'
const repair = 'test/lab/repair.test.ts'

describe('a file of tests on real machines that failed', () => {
  it('runs once more as a whole in CI, and is told with why', async () => {
    const { results, asked, counts } = await run(
      '1',
      [green(repair, 3), red(names, 'asks', 'hears')],
      [green(names, 3)],
    )
    expect(asked).toEqual([[], [names]])
    expect(counts).toEqual({ passed: 6, failed: 0, skipped: 0 })
    expect(results.flatMap(({ secondTries }) => secondTries)).toEqual([
      { test: 'asks', why: 'expected 2 to be +0' },
      { test: 'hears', why: 'expected 2 to be +0' },
    ])
  })

  it('has failed where it fails again', async () => {
    const { results, counts } = await run('1', [green(repair, 3), red(names, 'asks', 'hears')], [red(names, 'hears')])
    expect(counts).toEqual({ passed: 4, failed: 1, skipped: 0 })
    expect(results.flatMap(({ secondTries }) => secondTries)).toEqual([])
  })

  it('has failed where the second run breaks off', async () => {
    const { counts } = await run('1', [red(names, 'asks')], 'breaks off')
    expect(counts).toEqual({ passed: 1, failed: 2, skipped: 0 })
  })

  it('has failed at a desk, at once', async () => {
    const { asked, counts } = await run('', [red(names, 'asks')])
    expect(asked).toHaveLength(1)
    expect(counts.failed).toBe(1)
  })
})

it('counts a run without a result as one failure, and does not repeat it', async () => {
  const { asked, counts } = await run('1', 'breaks off')
  expect(asked).toHaveLength(1)
  expect(counts).toEqual({ passed: 0, failed: 1, skipped: 0 })
})
