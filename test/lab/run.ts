import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { takeDown } from './down'
import { changeLab, longest, reportFailure } from './exclusive'
import { readDescription } from './machines/description'
import { labPaths } from './support/paths'
import { takeStoreLabDown } from './store-lab'
import { bringUp } from './up'

const root = join(import.meta.dirname, '..', '..')
const results = join('artifacts', 'lab-results.json')

/** Runs the lab's tests with `args` for vitest; gives its exit status. A signal for us is passed on to it. */
function runTests(args: readonly string[]): Promise<number> {
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${results}`]
  // A process group of its own: vitest ended by a signal leaves its workers behind, who would go on with the tests.
  const child = spawn(process.execPath, [vitest, 'run', '--project', 'lab', ...reporters, ...args], {
    cwd: root,
    detached: true,
    stdio: 'inherit',
    env: { ...process.env, VITE_CONFIG_NATIVE_IGNORE_WARNING: 'true' },
  })
  const forward = (signal: NodeJS.Signals): void => signalGroup(child.pid, signal)
  process.on('SIGINT', forward).on('SIGTERM', forward)
  return new Promise<number>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code) => resolve(code ?? 1))
  }).finally(() => {
    process.off('SIGINT', forward).off('SIGTERM', forward)
    signalGroup(child.pid, 'SIGKILL')
  })
}

/** Signals every process of a group; none left is fine. */
function signalGroup(leader: number | undefined, signal: NodeJS.Signals): void {
  if (leader === undefined) return
  try {
    process.kill(-leader, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

/** Brings the lab up unless somebody has one, runs the tests, and takes it down again if it was not there before. */
async function main(): Promise<number> {
  const wasThere = (await readDescription(labPaths())) !== undefined
  try {
    await changeLab(longest.up, (task) => bringUp({}, task))
    return await runTests(process.argv.slice(2))
  } finally {
    if (!wasThere) {
      await takeStoreLabDown()
      await changeLab(longest.down, takeDown)
    }
  }
}

void main()
  .catch((error: unknown) => {
    reportFailure(error)
    return 1
  })
  .then((code) => (process.exitCode = code))
