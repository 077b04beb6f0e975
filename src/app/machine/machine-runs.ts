import type { MachineAction } from '../../core/machine/machine-action'
import type { MachineFinding } from '../../core/machine/machine-failures'
import type { Disposable } from '../../core/ports/environment'

/** A run of docker-machine that failed, and was not done since. */
export interface FailedMachineRun {
  readonly action: MachineAction
  /** What it came to. */
  readonly finding: MachineFinding
  /** Milliseconds since the epoch. */
  readonly at: number
}

/** By host, the last run of docker-machine where that failed: it is a finding until it is run again and does not. */
export class MachineRuns {
  readonly #failed = new Map<string, FailedMachineRun>()
  readonly #listeners = new Set<() => void>()

  failed(hostId: string): FailedMachineRun | undefined {
    return this.#failed.get(hostId)
  }

  set(hostId: string, run: FailedMachineRun): void {
    this.#failed.set(hostId, run)
    this.#tell()
  }

  forget(hostId: string): void {
    if (this.#failed.delete(hostId)) this.#tell()
  }

  onDidChange(listener: () => void): Disposable {
    this.#listeners.add(listener)
    return { dispose: () => void this.#listeners.delete(listener) }
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }
}
