/** What one edition of the editor under test is made of; every version is pinned, so that a run means the same everywhere. */
export interface Edition {
  readonly name: EditionName
  /** The npm package code-server: the VS Code workbench, its server and a real extension host. */
  readonly codeServer: string
  /** The Node.js that this code-server declares in its `engines`, from the npm package `node-PLATFORM-ARCH`. */
  readonly node: string
  /** Modules that the published package carries only as source and that it cannot do without. */
  readonly nativeModules: readonly NativeModule[]
}

export interface NativeModule {
  readonly name: string
  /** The package whose dependency it is: code-server itself, or the VS Code inside it. */
  readonly of: 'code-server' | 'vscode'
  /** The command that compiles it, run in the module's folder. */
  readonly build: readonly string[]
}

export type EditionName = 'current' | 'oldest'

const gyp = (name: string): NativeModule => ({ name, of: 'vscode', build: ['node-gyp', 'rebuild'] })

/** Hashes passwords; nothing here has one, but the old code-server loads it in any case. */
const argon2: NativeModule = {
  name: 'argon2',
  of: 'code-server',
  build: ['node-pre-gyp', 'rebuild', '--build-from-source'],
}

const editions: Readonly<Record<EditionName, Edition>> = {
  current: {
    name: 'current',
    codeServer: '4.139.1',
    node: '24.21.0',
    // Without spdlog every output channel is empty.
    nativeModules: [gyp('@vscode/spdlog'), gyp('@vscode/native-watchdog')],
  },
  // VS Code 1.100: the oldest that `engines.vscode` promises.
  oldest: {
    name: 'oldest',
    codeServer: '4.100.3',
    node: '20.19.5',
    nativeModules: [gyp('@vscode/spdlog'), gyp('node-pty'), gyp('native-watchdog'), argon2],
  },
}

/**
 * The edition that the environment asks for.
 *
 * @param name value of `SWARM_EDITOR_VERSION`; `undefined` or empty means the current one.
 * @throws Error when there is no edition of that name.
 */
export function chooseEdition(name: string | undefined): Edition {
  const wanted = name === undefined || name === '' ? 'current' : name
  if (wanted === 'current' || wanted === 'oldest') return editions[wanted]
  throw new Error(`SWARM_EDITOR_VERSION=${wanted}: there are the editions ${Object.keys(editions).join(' and ')}.`)
}
