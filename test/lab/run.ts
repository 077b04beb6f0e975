import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { countAll, writeResults } from '../results/results'
import { reporters, runWithSecondRun } from '../results/second-run'
import { isLabThere, runLabBeside, takeLabsBesideDown } from './beside'
import { takeDown } from './down'
import { changeLab, longest, reportFailure } from './exclusive'
import { readDescription } from './machines/description'
import { LabError } from './support/lab-error'
import { labPaths, sameLabs } from './support/paths'
import { bringUp } from './up'

const root = join(import.meta.dirname, '..', '..')
const results = join('artifacts', 'lab-results.json')

/**
 * Runs the lab's tests with `args` for vitest, as many files side by side as there are `labs`; gives its exit status. A
 * signal for us is passed on to it.
 */
function runTests(
  labs: readonly string[],
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<number> {
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  // A process group of its own: vitest ended by a signal leaves its workers behind, who would go on with the tests.
  const child = spawn(process.execPath, [vitest, 'run', '--project', 'lab', ...reporters, ...args], {
    cwd: root,
    detached: true,
    stdio: 'inherit',
    // One name would go before the names of all.
    env: {
      ...process.env,
      ...env,
      SWARM_LAB_NAME: undefined,
      SWARM_LABS: labs.join(' '),
    },
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

/**
 * How many labs have tests run in them side by side. A file of tests waits more than it computes; a second core gives it
 * the time to compute beside another one.
 * @throws LabError where `SWARM_LAB_COUNT` is not a number of labs
 */
function countLabs(args: readonly string[]): number {
  const asked = process.env['SWARM_LAB_COUNT']
  if (asked === undefined) return args.length > 0 ? 1 : Math.min(2, availableParallelism())
  const count = Number(asked)
  if (Number.isInteger(count) && count >= 1 && count <= sameLabs.length) return count
  throw new LabError(`SWARM_LAB_COUNT is "${asked}"`, `Give it a number from 1 to ${sameLabs.length}.`)
}

/** Brings the labs up that are not there, runs the tests, and takes those down again. */
async function main(): Promise<number> {
  const args = process.argv.slice(2)
  const labs = sameLabs.slice(0, countLabs(args))
  const wasThere = (await readDescription(labPaths())) !== undefined
  const beside: string[] = []
  try {
    await changeLab(longest.up, (task) => bringUp({}, task))
    for (const name of labs.slice(1)) {
      if (!(await isLabThere(name))) beside.push(name)
      await runLabBeside(name, ['up'])
    }
    const ended = await runWithSecondRun(results, args, (filters, env) => runTests(labs, filters, env))
    await writeResults(results, ended)
    return countAll(ended).failed > 0 ? 1 : 0
  } finally {
    if (wasThere) for (const name of beside) await runLabBeside(name, ['down'])
    else {
      await takeLabsBesideDown()
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
