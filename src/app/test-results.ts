import { withBefore } from '../core/connectivity/earlier-run'
import type { ConnectivityRun } from '../core/connectivity/run'
import type { Disposable } from '../core/ports/environment'

/** The last connectivity test of each network, for the tree, the reports and the fixes. */
export class TestResults {
  readonly #runs = new Map<string, ConnectivityRun>()
  readonly #listeners = new Set<() => void>()

  latest(networkKey: string): ConnectivityRun | undefined {
    return this.#runs.get(networkKey)
  }

  /** Keeps a run, and gives it as it is kept: with what the one before it found. */
  set(networkKey: string, run: ConnectivityRun): ConnectivityRun {
    const last = this.#runs.get(networkKey)
    const kept = last === undefined || run.before !== undefined ? run : withBefore(run, last)
    this.#runs.set(networkKey, kept)
    for (const listener of this.#listeners) listener()
    return kept
  }

  onDidChange(listener: () => void): Disposable {
    this.#listeners.add(listener)
    return { dispose: () => void this.#listeners.delete(listener) }
  }
}
