import type { Clock } from '../../core/ports/environment'

const windowMs = 16
const charactersPerWindow = 128 * 1024

/**
 * Holds back a process that writes without end (`yes`): the editor's terminal takes what it is given without ever
 * saying "wait", so a flood would freeze the window. What is not read stays with the engine, which stops the process
 * from writing more. 8 M characters a second pass, more than a screen can be followed at.
 */
export class Pacer {
  readonly #clock: Clock
  #windowStart = 0
  #spent = 0

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Resolves when the next piece may be shown. */
  async spend(characters: number): Promise<void> {
    const now = this.#clock.now()
    if (now - this.#windowStart >= windowMs) {
      this.#windowStart = now
      this.#spent = 0
    }
    this.#spent += characters
    if (this.#spent < charactersPerWindow) return
    await new Promise<void>((resolve) => void this.#clock.after(windowMs, resolve))
  }
}
