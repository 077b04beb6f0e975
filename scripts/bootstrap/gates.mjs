import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { openLab } from './lab.mjs'
import { interruption, runNode } from './run.mjs'

const tsx = 'node_modules/tsx/dist/cli.mjs'
const vitest = 'node_modules/vitest/vitest.mjs'

/** Where tests that passed only at their second try are named, a line each (test/second-tries.ts). */
const secondTries = 'artifacts/second-tries.txt'

/** Gates without `results` count as one check. `results` is a file with counts, as vitest or as our own runners write it. */
const gates = [
  { name: 'format', args: ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'] },
  { name: 'lint', args: ['node_modules/eslint/bin/eslint.js', '--max-warnings', '0', '.'] },
  { name: 'types', args: ['node_modules/typescript/bin/tsc', '--noEmit'] },
  { name: 'build', args: ['esbuild.mjs'] },
  {
    name: 'unit',
    args: [
      ...[vitest, 'run', '--project', 'unit*', '--project', 'loopback', '--reporter=default'],
      ...['--reporter=json', '--outputFile.json=artifacts/unit-results.json'],
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
  const total = { passed: 0, failed: 0, skipped: 0 }
  const lines = []
  mkdirSync('artifacts', { recursive: true })
  rmSync(secondTries, { force: true })
  process.env['VITE_CONFIG_NATIVE_IGNORE_WARNING'] = 'true'
  const needsLab = chosen.some((gate) => gate.needsLab)
  let lab
  try {
    for (const gate of chosen) {
      if (interruption.signal !== undefined) break
      heading(gate.name)
      const started = performance.now()
      if (gate.needsLab && lab === undefined) lab = await openLab()
      const counts = await runGate(gate)
      const line = `${gate.name.padEnd(7)} ${counted(counts)} in ${seconds(started)}`
      console.log(line)
      lines.push(line)
      for (const key of Object.keys(total)) total[key] += counts[key]
    }
  } finally {
    if (needsLab) await lab?.close()
  }
  if (interruption.signal !== undefined) {
    console.log(`Ended by ${interruption.signal}.`)
    total.failed += 1
  }
  heading('summary')
  for (const line of lines) console.log(line)
  if (existsSync(secondTries)) console.log(`\npassed at the second try:\n${readFileSync(secondTries, 'utf8')}`)
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

async function runGate({ args, results }) {
  // What an earlier run left must not pass for this one's.
  if (results !== undefined) rmSync(results, { force: true })
  const status = await runNode(args)
  if (results === undefined) return { passed: status === 0 ? 1 : 0, failed: status === 0 ? 0 : 1, skipped: 0 }
  const counts = existsSync(results) ? readCounts(results) : { passed: 0, failed: 0, skipped: 0 }
  const isBad = status !== 0 || counts.passed + counts.failed === 0
  // A file that cannot be loaded or a runner that breaks off has no test to count.
  return isBad ? { ...counts, failed: Math.max(1, counts.failed) } : counts
}

function readCounts(file) {
  const report = JSON.parse(readFileSync(file, 'utf8'))
  if ('passed' in report) return { passed: report.passed, failed: report.failed, skipped: report.skipped }
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
  }
}

const counted = ({ passed, failed, skipped }) => `${passed} passed, ${failed} failed, ${skipped} skipped`
const seconds = (started) => `${((performance.now() - started) / 1000).toFixed(1)} s`
const heading = (name) => console.log(`\n── ${name} ${'─'.repeat(76 - name.length)}`)
