import { watch, type FSWatcher } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Clock, Disposable } from '../../core/ports/environment'

export interface FolderWatchOptions {
  readonly folders: readonly string[]
  /** How many levels of subfolders count; 0 for the folder's own entries only. */
  readonly depth: number
  /** Entries that count; all where absent. */
  readonly names?: readonly string[]
  readonly clock: Clock
  /** Called a moment after something changed: programs write several files for one change. */
  readonly onChange: () => void
}

/** One watched folder; `names` undefined: each entry counts. */
interface Watched {
  readonly watcher: FSWatcher
  names: Set<string> | undefined
}

/** How long changes are gathered, in milliseconds. */
const gatherMs = 200

/**
 * Watches folders that may not exist yet, or may go away and come back: where one is missing, its nearest existing
 * ancestor is watched for it. Uses the system's notifications, no polling, and does not keep the process alive.
 */
export class FolderWatch implements Disposable {
  readonly #options: FolderWatchOptions
  #watched = new Map<string, Watched>()
  #gathering: Disposable | undefined
  #arming: Promise<void>
  #isDisposed = false

  constructor(options: FolderWatchOptions) {
    this.#options = options
    this.#arming = this.#arm()
  }

  /** Resolves when all that exists now is watched. */
  ready(): Promise<void> {
    return this.#arming
  }

  dispose(): void {
    this.#isDisposed = true
    this.#gathering?.dispose()
    close(this.#watched)
  }

  /** Watches everything anew: a folder that was deleted and made again has the same path, but no watcher sees it. */
  async #arm(): Promise<void> {
    const old = this.#watched
    this.#watched = new Map()
    for (const folder of this.#options.folders) await this.#watchTree(folder, this.#options.depth)
    close(old)
    if (this.#isDisposed) close(this.#watched)
  }

  async #watchTree(folder: string, depth: number): Promise<void> {
    const { names } = this.#options
    if (!this.#watch(folder, names && new Set(names))) {
      this.#watchAncestor(folder)
      return
    }
    if (depth === 0) return
    // Watched first, listed second: what is made in between shows in either.
    for (const name of await subfolders(folder)) await this.#watchTree(join(folder, name), depth - 1)
  }

  #watchAncestor(folder: string): void {
    const parent = dirname(folder)
    if (parent === folder || this.#watch(parent, new Set([basename(folder)]))) return
    this.#watchAncestor(parent)
  }

  /** Whether the folder is watched now. */
  #watch(folder: string, names: Set<string> | undefined): boolean {
    const known = this.#watched.get(folder)
    if (known) {
      known.names = known.names && names && new Set([...known.names, ...names])
      return true
    }
    try {
      const watcher = watch(folder, { persistent: false })
      const watched: Watched = { watcher, names }
      watcher.on('change', (_event, name) => {
        // Some systems do not say which entry changed.
        if (typeof name !== 'string' || watched.names === undefined || watched.names.has(name)) this.#gather()
      })
      // On Windows the deletion of a watched folder is an error: its ancestor is watched next.
      watcher.on('error', () => this.#gather())
      this.#watched.set(folder, watched)
      return true
    } catch {
      // It is missing, no folder, or not ours to read: the caller goes on with its ancestor.
      return false
    }
  }

  #gather(): void {
    if (this.#isDisposed) return
    this.#gathering ??= this.#options.clock.after(gatherMs, () => {
      this.#gathering = undefined
      this.#arming = this.#arming.then(() => this.#arm())
      void this.#arming.then(() => {
        if (!this.#isDisposed) this.#options.onChange()
      })
    })
  }
}

function close(watched: ReadonlyMap<string, Watched>): void {
  for (const { watcher } of watched.values()) watcher.close()
}

async function subfolders(folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true })
    return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  } catch {
    // It went away a moment ago; its parent's notification follows.
    return []
  }
}
