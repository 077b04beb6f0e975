import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { openLab } from './lab.mjs'
import { interruption, runNode } from './run.mjs'

const tsx = 'node_modules/tsx/dist/cli.mjs'
const vitest = 'node_modules/vitest/vitest.mjs'

/** Gates without `results` count as one check. `results` is the file that they leave (test/results/results.ts). */
const gates = [
  { name: 'format', args: ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'] },
  { name: 'lint', args: ['node_modules/eslint/bin/eslint.js', '--max-warnings', '0', '.'] },
  { name: 'types', args: ['node_modules/typescript/bin/tsc', '--noEmit'] },
  { name: 'build', args: ['esbuild.mjs'] },
  {
    name: 'unit',
    args: [
      ...[vitest, 'run', '--project', 'unit*', '--project', 'loopback', '--reporter=default'],
      '--reporter=./test/results/vitest-reporter.ts',
    ],
    results: 'artifacts/unit-results.json',
  },
  { name: 'lab', args: [tsx, 'test/lab/run.ts'], results: 'artifacts/lab-results.json', needsLab: true },
  { name: 'editor', args: [tsx, 'test/editor/run.ts'], results: 'artifacts/editor-results.json', needsLab: true },
]

/**
 * Runs the gates in order, all of them whatever fails, and ends with a line `N passed, N failed, N skipped`.
 *
 * @returns the exit status: 0 only if nothing failed, something ran, and, where `CI` is set, nothing was skipped.
 */
export async function runGates(args) {
  const chosen = chooseGates(args)
  const [lines, ended] = [[], []]
  mkdirSync('artifacts', { recursive: true })
  process.env['VITE_CONFIG_NATIVE_IGNORE_WARNING'] = 'true'
  const needsLab = chosen.some((gate) => gate.needsLab)
  let lab
  try {
    for (const gate of chosen) {
      if (interruption.signal !== undefined) break
      heading(gate.name)
      const started = performance.now()
      if (gate.needsLab && lab === undefined) lab = await openLab()
      const files = await runGate(gate)
      ended.push(files)
      const line = `${gate.name.padEnd(7)} ${counted(countAll(files))} in ${seconds(started)}`
      console.log(line)
      lines.push(line)
    }
  } finally {
    if (needsLab) await lab?.close()
  }
  if (interruption.signal !== undefined) ended.push([onlyFailure('the run', `ended by ${interruption.signal}`)])
  heading('summary')
  for (const line of lines) console.log(line)
  tell('passed at the second try', ended, 'secondTries')
  tell('failed', ended, 'failures')
  const total = countAll(ended.flat())
  console.log(counted(total))
  const isIncomplete = process.env['CI'] && total.skipped > 0
  return total.failed > 0 || total.passed === 0 || isIncomplete ? 1 : 0
}

function chooseGates(args) {
  const [flag, list, ...rest] = args
  if (flag === undefined) return gates
  const names = gates.map(({ name }) => name)
  const wanted = (list ?? '').split(',')
  const unknown = wanted.filter((name) => !names.includes(name))
  if (flag !== '--only' || unknown.length > 0 || rest.length > 0) {
    throw new Error(`Usage: npm test -- [--only GATE,…], with the gates ${names.join(', ')}.`)
  }
  return gates.filter(({ name }) => wanted.includes(name))
}

async function runGate({ name, args, results }) {
  // What an earlier run left must not pass for this one's.
  if (results !== undefined) {
    rmSync(results, { force: true })
    process.env['TEST_RESULTS'] = results
  }
  const status = await runNode(args)
  const failure = onlyFailure(name, `ended with ${status}`)
  if (results === undefined) return [status === 0 ? { passed: 1, failed: 0, skipped: 0 } : failure]
  const files = existsSync(results) ? JSON.parse(readFileSync(results, 'utf8')) : []
  const { passed, failed } = countAll(files)
  // A runner that breaks off has no test to count.
  return failed > 0 || (status === 0 && passed > 0) ? files : [...files, failure]
}

const onlyFailure = (test, why) => ({ passed: 0, failed: 1, skipped: 0, failures: [{ test, why }] })

function countAll(files) {
  const sum = (key) => files.reduce((total, counts) => total + counts[key], 0)
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') }
}

/** Prints a line for each test that the gates tell of; the log above has all that they printed. */
function tell(what, gates, key) {
  const lines = gates.flatMap((files) => linesOf(files, key))
  if (lines.length > 0) console.log([`\n${what}:`, ...lines, ''].join('\n'))
}

function linesOf(files, key) {
  const lines = files.flatMap(({ file, [key]: tests = [] }) =>
    tests.map(({ test, why }) => `- ${[file, test].filter(Boolean).join(', ')}: ${why.slice(0, 400)}`),
  )
  return lines.length > 12 ? [...lines.slice(0, 12), `- and ${lines.length - 12} more`] : lines
}

const counted = ({ passed, failed, skipped }) => `${passed} passed, ${failed} failed, ${skipped} skipped`
const seconds = (started) => `${((performance.now() - started) / 1000).toFixed(1)} s`
const heading = (name) => console.log(`\n── ${name} ${'─'.repeat(76 - name.length)}`)
