import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { basename, delimiter, dirname, join } from 'node:path'
import { chooseEdition, type Edition, type NativeModule } from './editions'
import { isAlive } from './processes'
import { runCommand } from './run-command'
import { ensureSystemPackages, findChromium } from './system-packages'

/** Where the parts of an installed editor are; all paths are absolute. */
export interface EditorInstall {
  readonly edition: Edition
  readonly node: string
  /** code-server's entry: the server that a person would run. */
  readonly codeServerEntry: string
  /** VS Code's own server inside it, which knows the test driver. */
  readonly serverMain: string
  /** Version of VS Code, for instance `1.139.1`. */
  readonly vscodeVersion: string
  readonly chromium: string
}

export interface InstallOptions {
  /** Name of the edition; `SWARM_EDITOR_VERSION` unless told. */
  readonly edition?: string
  readonly log?: (message: string) => void
}

/** Its presence says that everything before it succeeded; a folder without it is thrown away. */
const marker = 'installed.json'

/**
 * Installs VS Code's server and a browser for it, once for each pinned version, outside the repository:
 * in `SWARM_EDITOR_CACHE`, or `swarm-networks-editor` in the user's cache folder.
 *
 * @throws Error that says what is missing, or which step failed and the end of its output.
 */
export async function installEditor(options: InstallOptions = {}): Promise<EditorInstall> {
  const log = options.log ?? (() => undefined)
  const edition = chooseEdition(options.edition ?? process.env['SWARM_EDITOR_VERSION'])
  await ensureSystemPackages(log)
  const nodePackage = nodePackageForThisMachine()
  const folder = join(cacheFolder(), `code-server-${edition.codeServer}-${nodePackage}-${edition.node}`)
  if (!(await isInstalled(folder))) await installInto(folder, edition, { nodePackage, log })
  const codeServer = join(folder, 'node_modules', 'code-server')
  const chromium = await findChromium()
  if (chromium === undefined) throw new Error('No Chromium on PATH; name one in SWARM_EDITOR_CHROMIUM.')
  return {
    edition,
    node: join(folder, 'node_modules', nodePackage, 'bin', 'node'),
    codeServerEntry: join(codeServer, 'out', 'node', 'entry.js'),
    serverMain: join(codeServer, 'lib', 'vscode', 'out', 'server-main.js'),
    vscodeVersion: await readVersion(join(codeServer, 'lib', 'vscode', 'product.json')),
    chromium,
  }
}

function cacheFolder(): string {
  const chosen = process.env['SWARM_EDITOR_CACHE']
  if (chosen !== undefined && chosen !== '') return chosen
  const xdg = process.env['XDG_CACHE_HOME']
  return join(xdg !== undefined && xdg !== '' ? xdg : join(homedir(), '.cache'), 'swarm-networks-editor')
}

function nodePackageForThisMachine(): string {
  if (process.platform === 'linux' && (process.arch === 'x64' || process.arch === 'arm64')) {
    return `node-linux-${process.arch}`
  }
  throw new Error(
    `The editor tests run on Linux (x64, arm64), not on ${process.platform} ${process.arch}. ` +
      'With VS Code on this machine, "npm run test:desktop" runs the suite inside the extension host.',
  )
}

async function isInstalled(folder: string): Promise<boolean> {
  return await readFile(join(folder, marker)).then(
    () => true,
    () => false,
  )
}

/** Installs beside the final place and moves it there at the end, so that two runs at once do not disturb each other. */
async function installInto(
  folder: string,
  edition: Edition,
  { nodePackage, log }: { nodePackage: string; log: (message: string) => void },
): Promise<void> {
  const started = performance.now()
  log(`installing code-server ${edition.codeServer} with Node.js ${edition.node} into ${folder}`)
  await removeAbandoned(folder)
  const staging = `${folder}.${process.pid}`
  await mkdir(staging, { recursive: true })
  try {
    await writeFile(join(staging, 'package.json'), JSON.stringify({ name: 'editor-under-test', private: true }))
    const nodeRoot = join(staging, 'node_modules', nodePackage)
    const vscode = join(staging, 'node_modules', 'code-server', 'lib', 'vscode')
    // No script of the packages runs: only the native modules named above are built.
    const install = ['install', '--ignore-scripts', '--no-audit', '--no-fund']
    await npm(staging, [
      ...install,
      '--save-exact',
      `${nodePackage}@${edition.node}`,
      `code-server@${edition.codeServer}`,
    ])
    // Not `npm ci`: the shrinkwrap inside the package is out of step with its package.json.
    await npm(vscode, [...install, '--omit=dev'])
    await buildNativeModules(edition, { nodeRoot, owners: { vscode, 'code-server': staging } })
    await writeFile(join(staging, marker), JSON.stringify(edition))
    await rm(folder, { recursive: true, force: true })
    await rename(staging, folder).catch(async (error: unknown) => {
      // Another run was quicker: its result is the same.
      if (!(await isInstalled(folder))) throw error
    })
  } finally {
    await rm(staging, { recursive: true, force: true })
  }
  log(`installed in ${((performance.now() - started) / 1000).toFixed(0)} s`)
}

/** A run that was killed could not remove its 800 MB. */
async function removeAbandoned(folder: string): Promise<void> {
  const siblings = await readdir(dirname(folder)).catch(() => [])
  for (const name of siblings) {
    const pid = name.startsWith(`${basename(folder)}.`) ? Number(name.slice(basename(folder).length + 1)) : NaN
    if (Number.isInteger(pid) && !isAlive(pid)) await rm(join(dirname(folder), name), { recursive: true, force: true })
  }
}

interface NativeBuild {
  readonly nodeRoot: string
  /** Folders whose `node_modules` has the modules. */
  readonly owners: Readonly<Record<NativeModule['of'], string>>
}

/** Not `npm rebuild`: it also runs other scripts of the packages, one of which fails in the oldest edition. */
async function buildNativeModules(edition: Edition, { nodeRoot, owners }: NativeBuild): Promise<void> {
  const nodeFolder = join(nodeRoot, 'bin')
  const env = {
    PATH: `${nodeFolder}${delimiter}${process.env['PATH'] ?? ''}`,
    // The headers of the Node.js that will load the modules, not those of the one that runs npm.
    npm_config_nodedir: nodeRoot,
  }
  for (const { name, of, build } of edition.nativeModules) {
    await npm(owners[of], ['explore', name, '--', ...build], env)
    await runCommand(join(nodeFolder, 'node'), ['-e', `require('./node_modules/${name}')`], { cwd: owners[of] })
  }
}

async function npm(cwd: string, args: readonly string[], extra: NodeJS.ProcessEnv = {}): Promise<void> {
  await runCommand('npm', ['--prefix', cwd, ...args], { cwd, env: { ...withoutOuterNpm(), ...extra } })
}

/** What an outer `npm run` put into the environment must not steer the inner npm; registry and certificates must. */
function withoutOuterNpm(): NodeJS.ProcessEnv {
  const outer =
    /^(npm_(lifecycle|package|command|execpath|node_execpath)|npm_config_(local_prefix|prefix|global_prefix)|INIT_CWD|NODE_OPTIONS)/
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !outer.test(name)))
}

async function readVersion(productFile: string): Promise<string> {
  const product: unknown = JSON.parse(await readFile(productFile, 'utf8'))
  if (typeof product === 'object' && product !== null && 'version' in product && typeof product.version === 'string') {
    return product.version
  }
  throw new Error(`${productFile} names no version.`)
}
