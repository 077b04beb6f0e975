import { setTimeout as sleep } from 'node:timers/promises'
import { LabError } from './lab-error'

export interface WaitOptions {
  readonly signal: AbortSignal
  readonly timeoutMs: number
  readonly everyMs?: number
  /** What is waited for, for the error: "miltitz to answer". */
  readonly what: string
}

/**
 * Asks `check` until it gives something other than undefined. Errors it throws count as "not yet"; the last one is
 * shown when time is up.
 * @throws LabError after `timeoutMs`.
 */
export async function waitUntil<T>(check: () => Promise<T | undefined>, options: WaitOptions): Promise<T> {
  const end = Date.now() + options.timeoutMs
  let last: unknown
  for (;;) {
    options.signal.throwIfAborted()
    try {
      const result = await check()
      if (result !== undefined) return result
      last = undefined
    } catch (error) {
      last = error
    }
    if (Date.now() >= end) {
      const reason = last instanceof Error ? `: ${last.message}` : ''
      throw new LabError(`waited ${options.timeoutMs / 1000} s for ${options.what}${reason}`, undefined, last)
    }
    await sleep(options.everyMs ?? 150, undefined, { signal: options.signal })
  }
}
