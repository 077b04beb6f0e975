import type { ConnectivityRun } from './run'

/** `run`, knowing how it was before: what `last` found, or what was before that where somebody ended `last` early. */
export function withBefore(run: ConnectivityRun, last: ConnectivityRun): ConnectivityRun {
  const { startedAt, pairs, names, findings } = last
  // One step back and no further: each run would hold all runs before it.
  const before = last.isCancelled ? last.before : { startedAt, pairs, ...(names && { names }), findings }
  return before === undefined ? run : { ...run, before }
}
