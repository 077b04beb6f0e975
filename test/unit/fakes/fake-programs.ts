import type { LocalProgram, LocalPrograms, RunningProgram } from '../../../src/core/ports/local-programs'

/** Programs that write what they are told to, and keep how they were called. */
export class FakePrograms implements LocalPrograms {
  readonly started: LocalProgram[] = []
  /** How often one was told to end. */
  stops = 0
  /** What each run writes and ends with, in their order; nothing and 0 where there is no more. */
  readonly runs: { readonly output: string; readonly status: number | undefined }[] = []
  /** Why none can be started. */
  failure: Error | undefined

  start(program: LocalProgram): Promise<RunningProgram> {
    this.started.push(program)
    if (this.failure !== undefined) return Promise.reject(this.failure)
    const { output, status } = this.runs.shift() ?? { output: '', status: 0 }
    return Promise.resolve({
      output: bytes(output),
      status: () => Promise.resolve(status),
      stop: () => {
        this.stops++
      },
    })
  }
}

async function* bytes(text: string): AsyncGenerator<Uint8Array> {
  // In pieces, as pipes give it: a character may be split.
  const all = new TextEncoder().encode(text)
  for (let at = 0; at < all.length; at += 7) yield await Promise.resolve(all.slice(at, at + 7))
}
