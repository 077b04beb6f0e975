import { performance } from 'node:perf_hooks'

/** Tells a person what the lab is doing and how long each step took. */
export interface Progress {
  /** Prints one line. */
  readonly note: (text: string) => void
  /** Runs `work` and prints `text` with the seconds it took. */
  readonly step: <T>(text: string, work: () => Promise<T>) => Promise<T>
}

/** Progress on standard error, so that standard output stays free for results. */
export function printedProgress(): Progress {
  const note = (text: string): void => {
    process.stderr.write(`lab: ${text}\n`)
  }
  const step = async <T>(text: string, work: () => Promise<T>): Promise<T> => {
    const start = performance.now()
    const result = await work()
    note(`${text} (${((performance.now() - start) / 1000).toFixed(1)} s)`)
    return result
  }
  return { note, step }
}

/** Progress that nobody sees. */
export const silentProgress: Progress = { note: () => undefined, step: (_text, work) => work() }
