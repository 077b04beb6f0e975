import type { Examination } from '../core/examine/host/examination'
import type { Disposable } from '../core/ports/environment'

/** The newest examination of each host, for the tree, the reports and the fixes. */
export class Examinations {
  readonly #byHost = new Map<string, Examination>()
  readonly #listeners = new Set<() => void>()

  latest(hostId: string): Examination | undefined {
    return this.#byHost.get(hostId)
  }

  set(examination: Examination): void {
    this.#byHost.set(examination.hostId, examination)
    this.#tell()
  }

  /** After what was found no longer holds, for instance once a repair changed the host. */
  forget(hostId: string): void {
    if (this.#byHost.delete(hostId)) this.#tell()
  }

  onDidChange(listener: () => void): Disposable {
    this.#listeners.add(listener)
    return { dispose: () => void this.#listeners.delete(listener) }
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }
}
