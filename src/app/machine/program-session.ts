import type { RunningProgram } from '../../core/ports/local-programs'
import type { TerminalSession } from '../../core/ports/terminal'
import { dim } from '../terminal/ansi'
import { CarriageReturns } from '../terminal/carriage-returns'
import { OutputQueue } from '../terminal/output-queue'

const interrupt = '\u0003'
/** The end of what a program wrote is what tells why it failed; this many characters of it are kept. */
const mostKept = 100_000

/** A program of this machine as a terminal's session: its output as it comes, Ctrl+C ends it. It reads no input. */
export class ProgramSession implements TerminalSession {
  readonly hasTty = true
  readonly #queue = new OutputQueue()
  readonly #returns = new CarriageReturns()
  #text = ''
  #program: RunningProgram | undefined
  #status: number | undefined
  #isStopped = false

  get output(): AsyncIterable<Uint8Array> {
    return this.#queue
  }

  /** What the program wrote. */
  get text(): string {
    return this.#text
  }

  /** Whether somebody ended it, by Ctrl+C or by closing the terminal. */
  get isStopped(): boolean {
    return this.#isStopped
  }

  /** Something that is not the program's. */
  say(text: string): void {
    this.#queue.push(`${dim(text)}\r\n`)
  }

  /** Shows a program to its end, and gives its exit status; absent where a signal ended it. */
  async follow(program: RunningProgram): Promise<number | undefined> {
    this.#program = program
    if (this.#isStopped) program.stop()
    const decoder = new TextDecoder()
    for await (const chunk of program.output) this.#show(decoder.decode(chunk, { stream: true }))
    this.#show(decoder.decode())
    return program.status()
  }

  /** Ends the session with an exit status. */
  end(status: number | undefined): void {
    this.#status = status
    this.#queue.end()
  }

  write(data: string): void {
    if (data !== interrupt) return
    this.#queue.push('^C\r\n')
    this.close()
  }

  resize(): Promise<void> {
    return Promise.resolve()
  }

  close(): void {
    this.#isStopped = true
    this.#program?.stop()
  }

  exitCode(): Promise<number | undefined> {
    return Promise.resolve(this.#status)
  }

  #show(text: string): void {
    this.#text = (this.#text + text).slice(-mostKept)
    this.#queue.push(this.#returns.convert(text))
  }
}
