import { LabError } from './support/lab-error'
import { withLock } from './support/lock'
import { labPaths } from './support/paths'
import { printedProgress } from './support/progress'
import type { LabTask } from './support/task'

const minuteMs = 60_000

/**
 * Runs `work` while it has the lab to itself. SIGINT and SIGTERM, and `timeoutMs`, abort its signal.
 * @throws LabError when another process is changing the lab.
 */
export async function changeLab<T>(timeoutMs: number, work: (task: LabTask) => Promise<T>): Promise<T> {
  const paths = labPaths()
  const interrupt = new AbortController()
  const stop = (name: NodeJS.Signals): void => {
    interrupt.abort(new LabError(`ended by ${name}`, 'The same command goes on where it stopped.'))
  }
  process.on('SIGINT', stop).on('SIGTERM', stop)
  const tooLong = setTimeout(() => {
    interrupt.abort(
      new LabError(`not done within ${timeoutMs / minuteMs} minutes`, 'Look at lab:status, then try again.'),
    )
  }, timeoutMs)
  const { signal } = interrupt
  try {
    return await withLock(paths.lock, () => work({ paths, progress: printedProgress(), signal }))
  } catch (error) {
    // Whatever was aborted says so in its own words; why is what matters.
    signal.throwIfAborted()
    throw error
  } finally {
    clearTimeout(tooLong)
    process.off('SIGINT', stop).off('SIGTERM', stop)
  }
}

/** The longest that each change may take, in milliseconds: bringing up may have to make the machine images first. */
export const longest = { up: 20 * minuteMs, down: 3 * minuteMs } as const

/** Prints what failed and what to do about it, on standard error. */
export function reportFailure(error: unknown): void {
  const { note } = printedProgress()
  note(`failed: ${error instanceof Error ? error.message : String(error)}`)
  if (error instanceof LabError && error.remedy !== undefined) note(error.remedy)
}
