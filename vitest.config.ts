import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Tests that open sockets on loopback, start processes or wait for real time; all others compute, and take seconds. */
const withIo = [
  'test/unit/adapters/**/*.test.ts',
  'test/unit/core/connectivity/probe-script.test.ts',
  'test/unit/lab/classic/managed-engine.test.ts',
]

/** Tests that put a stand-in in a module's place, which needs a worker of their own. */
const withStandIns = ['check-hosts', 'start-target', 'test-connectivity', 'test-from-container'].map(
  (name) => `test/unit/app/commands/${name}.test.ts`,
)

/** The longest of the lab's files: with one of them begun last, one lab would work on while the other has nothing left. */
const longest = ['fault-matrix', 'repair', 'scenario', 'roll-out', 'half-done-repair'].map(
  (name) => `test/lab/${name}.test.ts`,
)

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const first = longest.flatMap((name) => sorted.filter(({ moduleId }) => moduleId.endsWith(`/${name}`)))
    return [...first, ...sorted.filter((file) => !first.includes(file))]
  }
}

/**
 * Real machines under load are late now and then. In CI a test that drives them has a second try, and the summary names
 * each that needed it (scripts/bootstrap/gates.mjs), as it does for a file that needed one as a whole
 * (test/results/second-run.ts); at a desk it fails at once, to be looked into.
 */
const retry = process.env['CI'] ? 1 : 0

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts'],
          exclude: [...withIo, ...withStandIns],
          environment: 'node',
          // They share nothing that could be left dirty: one worker runs file after file, five times faster.
          pool: 'threads',
          isolate: false,
        },
      },
      { test: { name: 'unit-isolated', include: withStandIns, environment: 'node' } },
      { test: { name: 'loopback', include: withIo, environment: 'node' } },
      {
        test: {
          name: 'lab',
          include: ['test/lab/**/*.test.ts'],
          environment: 'node',
          // One lab, one swarm: files that inject faults must not run beside each other, but each in a lab of its own.
          maxWorkers: process.env['SWARM_LABS']?.split(' ').length ?? 1,
          testTimeout: 120_000,
          hookTimeout: 600_000,
          retry,
        },
      },
      {
        test: {
          name: 'editor',
          include: ['test/editor/ui/**/*.test.ts'],
          environment: 'node',
          // A window each, and the machine's whole attention for it.
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 300_000,
          retry,
        },
      },
    ],
  },
})
