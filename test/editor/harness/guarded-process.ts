import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

export interface GuardedOptions {
  /** Removed after the program's end, whatever ended it. */
  readonly folder: string
  readonly env: NodeJS.ProcessEnv
}

/** A long-running program that cannot outlive this process: see guard.mjs. */
export class GuardedProcess implements AsyncDisposable {
  readonly #guard: ChildProcess
  readonly #line: string
  #output = ''

  constructor(program: string, args: readonly string[], options: GuardedOptions) {
    this.#line = [program, ...args].join(' ')
    const guard = join(import.meta.dirname, 'guard.mjs')
    this.#guard = spawn(process.execPath, [guard, options.folder, program, ...args], {
      detached: true,
      env: options.env,
      stdio: ['pipe', 'pipe', 'pipe'],
    })
    for (const stream of [this.#guard.stdout, this.#guard.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#output += text
      })
    }
  }

  /** What the program wrote up to now, standard output and standard error together. */
  get output(): string {
    return this.#output
  }

  /** @throws Error with the end of its output when the program has ended. */
  assertRunning(): void {
    if (this.#guard.exitCode === null && this.#guard.signalCode === null) return
    throw new Error(`"${this.#line}" ended.\n${this.#output.slice(-4000)}`)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#guard.exitCode !== null || this.#guard.signalCode !== null) return
    const ended = once(this.#guard, 'exit', { signal: AbortSignal.timeout(15_000) })
    this.#guard.stdin?.end()
    await ended
  }
}
