interface Waiting {
  readonly action: () => void
}

const waitingFor = new WeakMap<AbortSignal, Set<Waiting>>()

/**
 * Runs `action` once when `signal` is aborted, at once where it is already; never after the given function was called.
 *
 * All that wait for a signal share one listener on it: a fleet has a dozen calls open on one signal as a matter of course,
 * and Node takes more than ten listeners for a leak. Raising that limit would hide the real ones.
 */
export function onAbort(signal: AbortSignal, action: () => void): () => void {
  if (signal.aborted) {
    action()
    return () => undefined
  }
  const all = waitingFor.get(signal) ?? startWaiting(signal)
  const waiting: Waiting = { action }
  all.add(waiting)
  return () => {
    if (!all.delete(waiting) || all.size > 0) return
    signal.removeEventListener('abort', runAll)
    if (waitingFor.get(signal) === all) waitingFor.delete(signal)
  }
}

function startWaiting(signal: AbortSignal): Set<Waiting> {
  const all = new Set<Waiting>()
  waitingFor.set(signal, all)
  signal.addEventListener('abort', runAll, { once: true })
  return all
}

function runAll(this: AbortSignal): void {
  const all = waitingFor.get(this)
  waitingFor.delete(this)
  // Whoever is released by another's action does not run any more, and is not in the set then.
  for (const { action } of all ?? []) action()
}
