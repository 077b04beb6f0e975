import type { TerminalSession, TerminalSize } from '../../../../src/core/ports/terminal'

type Step = { readonly chunk: Uint8Array } | { readonly error: Error } | { readonly end: number | undefined }

/** A session that a test plays: what the process writes comes from `say`, `fail` and `end`; what it is told is kept. */
export class FakeSession implements TerminalSession {
  readonly hasTty: boolean
  readonly inputClosedReason?: string
  readonly written: string[] = []
  readonly sizes: TerminalSize[] = []
  /** How many pieces of output were asked for. */
  reads = 0
  isClosed = false
  resizeError: Error | undefined
  readonly #steps: Step[] = []
  #wake: () => void = () => undefined
  #status: number | undefined

  constructor(options: { readonly hasTty?: boolean; readonly inputClosedReason?: string } = {}) {
    this.hasTty = options.hasTty ?? true
    if (options.inputClosedReason !== undefined) this.inputClosedReason = options.inputClosedReason
  }

  get output(): AsyncIterable<Uint8Array> {
    return this.#read()
  }

  say(text: string | Uint8Array): void {
    this.#push({ chunk: typeof text === 'string' ? new TextEncoder().encode(text) : text })
  }

  fail(error: Error): void {
    this.#push({ error })
  }

  end(status?: number): void {
    this.#push({ end: status })
  }

  write(data: string): void {
    this.written.push(data)
  }

  resize(size: TerminalSize): Promise<void> {
    this.sizes.push(size)
    return this.resizeError === undefined ? Promise.resolve() : Promise.reject(this.resizeError)
  }

  close(): void {
    if (!this.isClosed) this.end(undefined)
    this.isClosed = true
  }

  exitCode(): Promise<number | undefined> {
    return Promise.resolve(this.#status)
  }

  #push(step: Step): void {
    this.#steps.push(step)
    this.#wake()
  }

  async *#read(): AsyncGenerator<Uint8Array> {
    for (;;) {
      this.reads++
      while (this.#steps.length === 0) await new Promise<void>((resolve) => (this.#wake = resolve))
      const step = this.#steps.shift()!
      if ('error' in step) throw step.error
      if ('end' in step) {
        this.#status = step.end
        return
      }
      yield step.chunk
    }
  }
}
