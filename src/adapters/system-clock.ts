import type { Clock } from '../core/ports/environment'

/** The machine's own time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after: (ms, action) => {
    const timer = setTimeout(action, ms)
    return { dispose: () => clearTimeout(timer) }
  },
}
