import { readdir, realpath, stat } from 'node:fs/promises'
import { basename, dirname, posix } from 'node:path'
import type { Endpoint, Target } from '../../core/model/target'
import type { Clock, SourceReading, TargetSource } from '../../core/ports/environment'
import { FolderWatch } from './folder-watch'
import type { LocalMachine } from './local-machine'

/** A place where an engine on this machine may listen. */
export interface LocalSocket {
  readonly name: string
  readonly endpoint: Extract<Endpoint, { readonly kind: 'unix' | 'npipe' }>
  /** The name of another one behind which the same engine is: where that is there, this one does not count. */
  readonly insteadOf?: string
}

/**
 * Where engines listen by default: Docker itself, rootless Docker (docs.docker.com/engine/security/rootless), Docker
 * Desktop's own places, and those of the virtual machines that stand in for it: Colima, Rancher Desktop, OrbStack (each
 * by its documentation). On Windows Docker Desktop serves the usual pipe from its own.
 */
export function localSockets({ platform, env, home }: LocalMachine): readonly LocalSocket[] {
  if (platform === 'win32')
    return [
      { name: 'local', endpoint: pipe('docker_engine') },
      { name: 'local (Docker Desktop)', endpoint: pipe('dockerDesktopLinuxEngine'), insteadOf: 'local' },
      { name: 'local (Docker Desktop)', endpoint: pipe('dockerDesktopWindowsEngine'), insteadOf: 'local' },
    ]
  const runtime = env['XDG_RUNTIME_DIR'] ?? ''
  const unix = (name: string, path: string): LocalSocket => ({ name, endpoint: { kind: 'unix', path } })
  const own = (name: string, path: string): LocalSocket => unix(name, posix.join(home, path))
  return [
    unix('local', '/var/run/docker.sock'),
    ...(runtime === '' ? [] : [unix('local (rootless)', posix.join(runtime, 'docker.sock'))]),
    own('local (user)', '.docker/run/docker.sock'),
    own('local (Docker Desktop)', '.docker/desktop/docker.sock'),
    own('local (Colima)', '.colima/default/docker.sock'),
    own('local (Colima)', '.config/colima/default/docker.sock'),
    own('local (Rancher Desktop)', '.rd/docker.sock'),
    ...(platform === 'darwin' ? [own('local (OrbStack)', '.orbstack/run/docker.sock')] : []),
  ]
}

function pipe(name: string): LocalSocket['endpoint'] {
  return { kind: 'npipe', path: `//./pipe/${name}` }
}

/** The engines of this machine. One whose socket was seen once stays, so that a stopped engine shows as stopped. */
export class LocalSocketSource implements TargetSource {
  readonly id = 'local'
  readonly #sockets: readonly LocalSocket[]
  readonly #clock: Clock
  readonly #find: typeof findSocket
  readonly #seen = new Map<string, Target>()

  /**
   * @param sockets where to look; `localSockets` of this machine, in order of precedence
   * @param find where a socket really is, or undefined; this machine's file system says so where it is absent
   */
  constructor(sockets: readonly LocalSocket[], clock: Clock, find = findSocket) {
    this.#sockets = sockets
    this.#clock = clock
    this.#find = find
  }

  async read(): Promise<SourceReading> {
    const places = await Promise.all(this.#sockets.map(({ endpoint }) => this.#find(endpoint)))
    for (const [index, { name, endpoint, insteadOf }] of this.#sockets.entries()) {
      const place = places[index]
      // Docker Desktop links its own socket to the usual place: one engine, one target.
      if (place === undefined || this.#seen.has(place)) continue
      if ([...this.#seen.values()].some((target) => target.name === insteadOf)) continue
      this.#seen.set(place, { id: `local:${endpoint.path}`, name, endpoint, source: 'local', isDisabled: false })
    }
    return { targets: [...this.#seen.values()], problems: [] }
  }

  onDidChange(listener: () => void): FolderWatch {
    // Windows announces no new pipes: there it takes a refresh.
    const paths = this.#sockets.flatMap(({ endpoint }) => (endpoint.kind === 'unix' ? [endpoint.path] : []))
    const folders = [...new Set(paths.map((path) => dirname(path)))]
    const names = [...new Set(paths.map((path) => basename(path)))]
    return new FolderWatch({ folders, names, depth: 0, clock: this.#clock, onChange: listener })
  }
}

/** Where a socket really is, or undefined where there is none. */
async function findSocket({ kind, path }: LocalSocket['endpoint']): Promise<string | undefined> {
  try {
    if (kind === 'unix') return (await stat(path)).isSocket() ? await realpath(path) : undefined
    // Opening a pipe to look at it would use up one of the server's instances; the list of pipes does not.
    const pipes = await readdir(`${dirname(path)}/`)
    return pipes.some((pipe) => pipe.toLowerCase() === basename(path).toLowerCase()) ? path : undefined
  } catch {
    // Missing, or in a folder that is not ours: no engine for us there.
    return undefined
  }
}
