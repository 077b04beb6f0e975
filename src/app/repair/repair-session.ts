import type { TerminalSession } from '../../core/ports/terminal'
import type { Choice } from '../../core/repair/run-state'
import { visible } from '../../core/text/visible'
import { bold, cyan, dim, green, red } from '../terminal/ansi'
import { OutputQueue } from '../terminal/output-queue'
import type { RunQuestion, RunScreen, SayStyle } from './run-screen'

const interruptKey = '\u0003'
const keys: Readonly<Record<Choice, readonly [key: string, label: string]>> = {
  retry: ['r', 'retry'],
  undo: ['u', 'undo what was done'],
  leave: ['l', 'leave it as it is'],
}
const shellKey = 's'

const styles: Readonly<Record<SayStyle, (text: string) => string>> = {
  title: bold,
  step: bold,
  command: cyan,
  note: dim,
  good: green,
  bad: red,
}

/**
 * A run as a terminal's session: what it says and what its commands write, in one stream. Ctrl+C stops what goes on; where
 * it stands still, a key decides. Everything is also kept without colours, as the transcript.
 */
export class RepairSession implements TerminalSession, RunScreen {
  readonly hasTty = true
  readonly #openShell: ((hostId: string) => void) | undefined
  readonly #queue = new OutputQueue()
  readonly #transcript: string[] = []
  #interrupt = new AbortController()
  #question: (RunQuestion & { answer(choice: Choice): void }) | undefined
  #status: number | undefined
  #isClosed = false
  #endsInLine = true

  /** @param openShell opens a shell on a host beside this terminal; absent where there is none */
  constructor(openShell?: (hostId: string) => void) {
    this.#openShell = openShell
  }

  get output(): AsyncIterable<Uint8Array> {
    return this.#queue
  }

  /** What was shown, as plain text. */
  get transcript(): string {
    return this.#transcript.join('')
  }

  say(style: SayStyle, text: string): void {
    if (!this.#endsInLine) this.#put('\n')
    if (style === 'step') this.#put('\n')
    for (const line of visible(text).split('\n')) this.#put(`${line}\n`, `${styles[style](line)}\n`)
  }

  show(text: string): void {
    this.#put(visible(text.replace(/\r(?!\n)/g, '\n')))
  }

  ask(question: RunQuestion): Promise<Choice> {
    if (this.#isClosed) return Promise.resolve('leave')
    this.#interrupt = new AbortController()
    const offered = question.choices.map((choice) => `${keys[choice][0].toUpperCase()}: ${keys[choice][1]}`)
    const shell = this.#openShell === undefined ? [] : [`${shellKey.toUpperCase()}: open a shell there`]
    this.say('title', [...offered, ...shell].join('   '))
    return new Promise((resolve) => (this.#question = { ...question, answer: resolve }))
  }

  interrupt(): AbortSignal {
    // Ctrl+C that came between two tasks stops the next one; each leads to a question.
    return this.#interrupt.signal
  }

  /** Ends the session with the exit status that says how it went. */
  end(status: number): void {
    this.#status = status
    this.#queue.end()
  }

  write(data: string): void {
    const question = this.#question
    if (question === undefined) {
      if (data !== interruptKey) return
      this.say('note', '^C')
      this.#interrupt.abort()
      return
    }
    const key = data.toLowerCase()
    if (key === shellKey) this.#openShell?.(question.hostId)
    const choice = data === interruptKey ? 'leave' : question.choices.find((known) => keys[known][0] === key)
    if (choice !== undefined) this.#answer(choice)
  }

  resize(): Promise<void> {
    return Promise.resolve()
  }

  /** The tab was closed: what goes on is stopped, and nobody is asked any more. */
  close(): void {
    this.#isClosed = true
    this.#interrupt.abort()
    this.#answer('leave')
    this.#queue.end()
  }

  exitCode(): Promise<number | undefined> {
    return Promise.resolve(this.#status)
  }

  #answer(choice: Choice): void {
    const question = this.#question
    this.#question = undefined
    question?.answer(choice)
  }

  #put(text: string, shown = text): void {
    if (text === '') return
    this.#transcript.push(text)
    this.#endsInLine = text.endsWith('\n')
    this.#queue.push(shown.replaceAll('\n', '\r\n'))
  }
}
