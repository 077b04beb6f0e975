import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import type { SuiteResults } from '../../results/results'
import { artifactsFolder } from './artifacts'
import { openBrowser } from './browser'
import { installEditor } from './install'
import { createSandbox, removeSandbox, type Sandbox } from './sandbox'
import { startServer } from './server'

export interface InHostOptions {
  /** The folder with the extension's package.json; `main` in it must be built. */
  readonly extension: string
  /** The built suite's entry: a module that exports `run()`. */
  readonly suite: string
  readonly settings?: Readonly<Record<string, unknown>>
  readonly home?: string
  /** For the suite, besides what the harness sets. */
  readonly env?: NodeJS.ProcessEnv
  /** Milliseconds for the suite; 5 minutes unless told. */
  readonly timeout?: number
}

export interface InHostRun {
  /** `undefined` when the suite did not come to its end. */
  readonly results: SuiteResults | undefined
  /** The folder with the logs of a run that failed; `undefined` where the suite passed. */
  readonly evidence: string | undefined
  /** What Mocha reported. */
  readonly report: string
  readonly figures: readonly Figure[]
}

export interface Figure {
  readonly name: string
  readonly value: number
}

interface SuiteExit {
  readonly code: number
  /** The window's own logs: a list with `relativePath` and `contents`. */
  readonly logs: unknown
}

/** Runs a suite inside the extension host of a real workbench, as `@vscode/test-electron` does on the desktop. */
export async function runInHost(options: InHostOptions): Promise<InHostRun> {
  const install = await installEditor()
  const sandbox = await createSandbox({ home: options.home, settings: options.settings })
  const files = await mkdtemp(join(tmpdir(), 'swarm-suite-'))
  try {
    const env = suiteFiles(files)
    // The extension host inherits it from the server; not every edition takes an environment from the driver.
    await using server = await startServer(install, sandbox, { form: 'driver', env: { ...options.env, ...env } })
    await using browser = await openBrowser(install, sandbox)
    const exit = await driveSuite(browser.page, { ...options, port: server.port, workspace: sandbox.workspace })
    const results = await readFile(env.SWARM_SUITE_RESULTS, 'utf8').catch(() => undefined)
    return {
      results: results === undefined ? undefined : (JSON.parse(results) as SuiteResults),
      evidence: exit.code === 0 && results !== undefined ? undefined : await keepLogs(sandbox, exit.logs),
      report: await readFile(env.SWARM_SUITE_REPORT, 'utf8').catch(() => ''),
      figures: await readFigures(env.SWARM_SUITE_FIGURES),
    }
  } finally {
    await rm(files, { recursive: true, force: true })
    await removeSandbox(sandbox)
  }
}

/** The suite is about the extension in the editor: it connects to no host, whatever this machine knows. */
export const suiteSettings = {
  'swarmNetworks.sources.localSocket': false,
  'swarmNetworks.sources.dockerContexts': false,
  'swarmNetworks.sources.environment': false,
}

/** Where the suite writes what the harness reads: see suite/index.ts. */
export function suiteFiles(folder: string) {
  return {
    SWARM_SUITE_REPORT: join(folder, 'report.txt'),
    SWARM_SUITE_RESULTS: join(folder, 'results.json'),
    SWARM_SUITE_FIGURES: join(folder, 'figures.jsonl'),
  }
}

export async function readFigures(file: string): Promise<readonly Figure[]> {
  const lines = (await readFile(file, 'utf8').catch(() => '')).split('\n').filter((line) => line !== '')
  return lines.map((line) => JSON.parse(line) as Figure)
}

interface Drive extends InHostOptions {
  readonly port: number
  readonly workspace: string
}

/** The driver calls `codeAutomationExit` when `run()` has ended: 0 where it resolved, 1 where it rejected. */
async function driveSuite(page: Page, { port, workspace, extension, suite, timeout }: Drive): Promise<SuiteExit> {
  let end: (exit: SuiteExit) => void = () => undefined
  const ended = new Promise<SuiteExit>((resolve) => (end = resolve))
  await page.exposeFunction('codeAutomationExit', (code: number, logs: unknown) => end({ code, logs }))
  await page.exposeFunction('codeAutomationLog', () => undefined)
  const remote = (path: string) => `vscode-remote://127.0.0.1:${port}${path}`
  const payload = [
    ['extensionDevelopmentPath', remote(extension)],
    ['extensionTestsPath', remote(suite.replace(/\.js$/, ''))],
    ['skipWelcome', 'true'],
  ]
  const query = new URLSearchParams({ folder: workspace, payload: JSON.stringify(payload) })
  await page.goto(`http://127.0.0.1:${port}/?${query.toString()}`)
  const deadline = timeout ?? 300_000
  const timer = setTimeout(() => {
    end({ code: 1, logs: `the suite did not end within ${deadline / 1000} s` })
  }, deadline)
  return await ended.finally(() => clearTimeout(timer))
}

async function keepLogs(sandbox: Sandbox, windowLogs: unknown): Promise<string> {
  const folder = join(artifactsFolder, 'failures', 'in-host')
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  await cp(join(sandbox.userData, 'logs'), join(folder, 'logs'), { recursive: true })
  await writeFile(join(folder, 'window.json'), JSON.stringify(windowLogs, undefined, 2))
  return folder
}
