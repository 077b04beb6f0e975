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
}

/**
 * Where engines listen by default: Docker itself, rootless Docker (docs.docker.com/engine/security/rootless), and
 * Docker Desktop's own place on Linux and macOS.
 */
export function localSockets({ platform, env, home }: LocalMachine): readonly LocalSocket[] {
  if (platform === 'win32') return [{ name: 'local', endpoint: { kind: 'npipe', path: '//./pipe/docker_engine' } }]
  const runtime = env['XDG_RUNTIME_DIR'] ?? ''
  const unix = (name: string, path: string): LocalSocket => ({ name, endpoint: { kind: 'unix', path } })
  return [
    unix('local', '/var/run/docker.sock'),
    ...(runtime === '' ? [] : [unix('local (rootless)', posix.join(runtime, 'docker.sock'))]),
    unix('local (user)', posix.join(home, '.docker/run/docker.sock')),
    unix('local (Docker Desktop)', posix.join(home, '.docker/desktop/docker.sock')),
  ]
}

/** The engines of this machine. One whose socket was seen once stays, so that a stopped engine shows as stopped. */
export class LocalSocketSource implements TargetSource {
  readonly id = 'local'
  readonly #sockets: readonly LocalSocket[]
  readonly #clock: Clock
  readonly #seen = new Map<string, Target>()

  /** @param sockets where to look; `localSockets` of this machine, in order of precedence */
  constructor(sockets: readonly LocalSocket[], clock: Clock) {
    this.#sockets = sockets
    this.#clock = clock
  }

  async read(): Promise<SourceReading> {
    const places = await Promise.all(this.#sockets.map(({ endpoint }) => findSocket(endpoint)))
    for (const [index, { name, endpoint }] of this.#sockets.entries()) {
      const place = places[index]
      // Docker Desktop links its own socket to the usual place: one engine, one target.
      if (place === undefined || this.#seen.has(place)) continue
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
