import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The folders of one editor that starts from nothing; all of them are inside `root`. */
export interface Sandbox {
  readonly root: string
  readonly home: string
  /** VS Code's user data: settings, logs. */
  readonly userData: string
  readonly extensions: string
  readonly serverData: string
  readonly browserProfile: string
  readonly workspace: string
}

export interface SandboxOptions {
  /** A home folder that the caller prepared and owns, in place of an empty one. */
  readonly home?: string | undefined
  readonly settings?: Readonly<Record<string, unknown>> | undefined
}

/** What every window has, so that the screen holds still and shows only what is under test. */
const quiet = {
  'terminal.integrated.gpuAcceleration': 'off', // text in the DOM, not on a canvas
  'terminal.integrated.fontFamily': 'DejaVu Sans Mono',
  'terminal.integrated.tabs.hideCondition': 'never', // so that one terminal shows its title, too
  'editor.fontFamily': 'DejaVu Sans Mono',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.reduceMotion': 'on',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'extensions.ignoreRecommendations': true,
  'extensions.autoCheckUpdates': false,
  'git.enabled': false,
  'telemetry.telemetryLevel': 'off',
}

/** Makes the folders and writes the settings. */
export async function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  // Short: the path of a Unix socket inside it may have 107 bytes.
  const root = await mkdtemp(join(tmpdir(), 'swarm-ed-'))
  const sandbox: Sandbox = {
    root,
    home: options.home ?? join(root, 'home'),
    userData: join(root, 'data'),
    extensions: join(root, 'extensions'),
    serverData: join(root, 'server'),
    browserProfile: join(root, 'browser'),
    workspace: join(root, 'workspace'),
  }
  const { home, userData, extensions, serverData, browserProfile, workspace } = sandbox
  const folders = [
    home,
    userData,
    extensions,
    serverData,
    browserProfile,
    workspace,
    join(root, 'tmp'),
    join(root, 'run'),
  ]
  for (const folder of folders) await mkdir(folder, { recursive: true, mode: 0o700 })
  await writeSettings(sandbox, { ...quiet, ...options.settings })
  return sandbox
}

export async function removeSandbox(sandbox: Sandbox): Promise<void> {
  await rm(sandbox.root, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
}

/**
 * The window follows a change of the files at once. Settings of machine scope count from `Machine` in a window whose
 * extension host is remote, as a browser's always is; the others count from `User`.
 */
export async function writeSettings(sandbox: Sandbox, settings: Readonly<Record<string, unknown>>): Promise<void> {
  for (const scope of ['User', 'Machine']) {
    const folder = join(sandbox.userData, scope)
    await mkdir(folder, { recursive: true })
    await writeFile(join(folder, 'settings.json'), JSON.stringify(settings, undefined, 2))
  }
}

/**
 * The environment of a program inside the sandbox: what it takes to run at all, and nothing else of this machine's
 * (no `DOCKER_HOST`, no SSH agent, no `VSCODE_…`, no `NODE_OPTIONS`).
 */
export function sandboxEnvironment(sandbox: Sandbox, extra: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const inherited = ['PATH', 'USER', 'LOGNAME', 'TZ']
  return {
    ...Object.fromEntries(inherited.flatMap((name) => (name in process.env ? [[name, process.env[name]]] : []))),
    LANG: 'C.UTF-8',
    SHELL: '/bin/sh',
    HOME: sandbox.home,
    TMPDIR: join(sandbox.root, 'tmp'),
    XDG_RUNTIME_DIR: join(sandbox.root, 'run'),
    XDG_CONFIG_HOME: join(sandbox.root, 'xdg', 'config'),
    XDG_CACHE_HOME: join(sandbox.root, 'xdg', 'cache'),
    XDG_DATA_HOME: join(sandbox.root, 'xdg', 'data'),
    XDG_STATE_HOME: join(sandbox.root, 'xdg', 'state'),
    // No marketplace: nothing is looked up outside.
    EXTENSIONS_GALLERY: '{}',
    ...extra,
  }
}
