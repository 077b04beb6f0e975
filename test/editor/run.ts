import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { takeDown } from '../lab/down'
import { changeLab, longest } from '../lab/exclusive'
import { readDescription } from '../lab/machines/description'
import { labPaths } from '../lab/support/paths'
import { bringUp } from '../lab/up'
import { artifactsFolder, repositoryRoot } from './harness/artifacts'
import { buildSuite } from './harness/build-suite'
import { recordFigure } from './harness/figures'
import { runInHost, suiteSettings } from './harness/in-host'
import { installEditor } from './harness/install'
import { runUi } from './harness/run-ui'
import { runVisible } from './harness/run-visible'
import { countAll, onlyFailures, writeResults, type FileResults } from '../results/results'

/** What can be run by itself with `--part`. */
const parts = ['in-host', 'ui'] as const
type Part = (typeof parts)[number]

const resultsFile = join(repositoryRoot, 'artifacts', 'editor-results.json')

const log = (message: string) => void process.stdout.write(`editor: ${message}\n`)

function readArguments(): { readonly chosen: readonly Part[]; readonly filters: readonly string[] } {
  const { values, positionals } = parseArgs({
    options: { part: { type: 'string', multiple: true } },
    allowPositionals: true,
  })
  const chosen = (values.part ?? parts).map((name) => {
    const part = parts.find((candidate) => candidate === name)
    if (part === undefined) throw new Error(`--part ${name}: there are the parts ${parts.join(' and ')}.`)
    return part
  })
  return { chosen, filters: positionals }
}

/** The suite inside the extension host, with the extension as it was just built. */
async function inHost(): Promise<FileResults> {
  const { results, report, figures, evidence } = await runInHost({
    extension: repositoryRoot,
    suite: await buildSuite(),
    settings: suiteSettings,
  })
  process.stdout.write(report)
  for (const { name, value } of figures) await recordFigure(name, Math.round(value))
  if (evidence !== undefined) log(`the suite failed; its logs: ${evidence}`)
  const suite = 'the suite in the extension host'
  if (results === undefined) return onlyFailures(suite, [{ test: 'the suite', why: 'it came to no end' }])
  const failed = evidence === undefined ? results.failed : Math.max(1, results.failed)
  const failures = failed === 0 ? [] : [{ test: `${failed} of its tests`, why: 'Mocha’s report above has them' }]
  return { file: suite, ...results, failed, failures, secondTries: [] }
}

/** The tests that drive the window, with the lab that they need; a lab that was not up before is taken down again. */
async function ui(filters: readonly string[]): Promise<readonly FileResults[]> {
  const wasThere = (await readDescription(labPaths())) !== undefined
  try {
    await changeLab(longest.up, (task) => bringUp({}, task))
    return await runUi(filters)
  } finally {
    if (!wasThere) await changeLab(longest.down, takeDown)
  }
}

async function main(): Promise<number> {
  const { chosen, filters } = readArguments()
  // What an earlier run left must not pass for this one's.
  await rm(resultsFile, { force: true })
  await rm(artifactsFolder, { recursive: true, force: true })
  await mkdir(artifactsFolder, { recursive: true })
  if ((await runVisible(['scripts/package.mjs'])) !== 0) throw new Error('The extension cannot be packaged.')
  const { vscodeVersion } = await installEditor({ log })
  log(`VS Code ${vscodeVersion}`)
  const results: FileResults[] = []
  for (const part of chosen) results.push(...(part === 'in-host' ? [await inHost()] : await ui(filters)))
  await writeResults(resultsFile, results)
  const total = countAll(results)
  log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
  return total.failed > 0 || total.passed === 0 ? 1 : 0
}

void main()
  .catch((error: unknown) => {
    process.stderr.write(`editor: ${error instanceof Error ? error.message : String(error)}\n`)
    return 1
  })
  .then((code) => (process.exitCode = code))
