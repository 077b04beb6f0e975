import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runTests } from '@vscode/test-electron'
import { repositoryRoot } from './harness/artifacts'
import { buildSuite } from './harness/build-suite'
import { findDesktopEditor } from './harness/desktop-editor'
import { suiteFiles, suiteSettings } from './harness/in-host'
import { runVisible } from './harness/run-visible'
import type { SuiteResults } from '../results/results'

/** Runs the suite in a VS Code of the desktop: an installed one, or else one that is downloaded into `.vscode-test`. */
async function main(): Promise<number> {
  if ((await runVisible(['esbuild.mjs'])) !== 0) throw new Error('The extension cannot be built.')
  const suite = await buildSuite()
  const executable = await findDesktopEditor()
  process.stdout.write(`desktop: ${executable ?? 'no VS Code on PATH: downloading one'}\n`)
  const files = await mkdtemp(join(tmpdir(), 'swarm-desktop-'))
  try {
    const env = suiteFiles(files)
    const [workspace, data] = [join(files, 'workspace'), join(files, 'data')]
    await mkdir(workspace)
    await mkdir(join(data, 'User'), { recursive: true })
    await writeFile(join(data, 'User', 'settings.json'), JSON.stringify(suiteSettings))
    const status = await runTests({
      ...(executable === undefined ? {} : { vscodeExecutablePath: executable }),
      extensionDevelopmentPath: repositoryRoot,
      extensionTestsPath: suite,
      // Its own profile and no other extension: nothing of the person's editor is read or changed.
      launchArgs: [workspace, '--disable-extensions', `--user-data-dir=${data}`],
      extensionTestsEnv: { SWARM_SUITE_RESULTS: env.SWARM_SUITE_RESULTS, SWARM_SUITE_FIGURES: env.SWARM_SUITE_FIGURES },
    }).catch((cause: unknown) => {
      throw new Error(executable === undefined ? noEditor : `${executable} did not run the suite to its end.`, {
        cause,
      })
    })
    // A launcher that ends at once would look like a success.
    const written = await readFile(env.SWARM_SUITE_RESULTS, 'utf8').catch((cause: unknown) => {
      throw new Error('The editor ended without having run the suite. Name its own program, not a launcher.', { cause })
    })
    const { passed, failed, skipped } = JSON.parse(written) as SuiteResults
    process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`)
    return status === 0 && failed === 0 && passed > 0 ? 0 : 1
  } finally {
    await rm(files, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  }
}

const noEditor =
  'No VS Code was found on PATH, and none could be downloaded. Install VS Code and put its command "code" on PATH, ' +
  'or name its program in SWARM_VSCODE_EXECUTABLE.'

void main()
  .catch((error: unknown) => {
    const { message, cause } = error instanceof Error ? error : new Error(String(error))
    process.stderr.write(`desktop: ${message}\n${cause instanceof Error ? `${cause.message}\n` : ''}`)
    return 1
  })
  .then((code) => (process.exitCode = code))
