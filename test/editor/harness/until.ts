import { setTimeout as sleep } from 'node:timers/promises'

export interface UntilOptions {
  /** Milliseconds; 10 s unless told. */
  readonly timeout?: number
}

/**
 * Asks again and again until the answer is something else than `undefined` or `false`, and gives it.
 *
 * @param what completes the sentence "waited 10 s for …".
 * @throws Error when the deadline passes; the last error of `probe` is its cause.
 */
export async function until<T>(
  what: string,
  probe: () => Promise<T | undefined | false> | T | undefined | false,
  options: UntilOptions = {},
): Promise<T> {
  const { timeout = 10_000 } = options
  const deadline = performance.now() + timeout
  let cause: unknown
  for (;;) {
    try {
      const answer = await probe()
      cause = undefined
      if (answer !== undefined && answer !== false) return answer
    } catch (error) {
      cause = error
    }
    if (performance.now() > deadline) throw new Error(`waited ${timeout / 1000} s for ${what}`, { cause })
    await sleep(30)
  }
}
