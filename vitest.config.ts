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

/** What moves managers about comes last: a swarm that is left without its quorum would fail all that comes behind. */
const movesManagers = 'test/lab/roll-out.test.ts'

class MovesManagersLast extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLast = ({ moduleId }: TestSpecification) => moduleId.endsWith(movesManagers)
    const sorted = await super.sort(files)
    return [...sorted.filter((file) => !isLast(file)), ...sorted.filter(isLast)]
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: MovesManagersLast },
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
          // One lab, one swarm: files that inject faults must not run beside each other.
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 600_000,
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
        },
      },
    ],
  },
})
