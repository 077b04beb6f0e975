import type { ConnectivityRun } from '../core/connectivity/types'
import type { Disposable } from '../core/ports/environment'

/** The last connectivity test of each network, for the tree, the reports and the fixes. */
export class TestResults {
  readonly #runs = new Map<string, ConnectivityRun>()
  readonly #listeners = new Set<() => void>()

  latest(networkKey: string): ConnectivityRun | undefined {
    return this.#runs.get(networkKey)
  }

  set(networkKey: string, run: ConnectivityRun): void {
    this.#runs.set(networkKey, run)
    for (const listener of this.#listeners) listener()
  }

  onDidChange(listener: () => void): Disposable {
    this.#listeners.add(listener)
    return { dispose: () => void this.#listeners.delete(listener) }
  }
}
