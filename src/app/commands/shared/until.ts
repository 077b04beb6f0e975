import type { CommandContext } from '../command'

/**
 * Waits until the fleet knows of something that was just made: an engine's events take a moment to come in.
 *
 * @param found what is waited for; undefined while it is not there
 * @returns what was found, or undefined after `limitMs`
 */
export function untilKnown<T>(
  context: Pick<CommandContext, 'fleet' | 'clock'>,
  found: () => T | undefined,
  limitMs = 5_000,
): Promise<T | undefined> {
  const now = found()
  if (now !== undefined) return Promise.resolve(now)
  return new Promise((resolve) => {
    const finish = (value: T | undefined) => {
      listener.dispose()
      timer.dispose()
      resolve(value)
    }
    const listener = context.fleet.onDidChange(() => {
      const value = found()
      if (value !== undefined) finish(value)
    })
    const timer = context.clock.after(limitMs, () => finish(undefined))
  })
}
