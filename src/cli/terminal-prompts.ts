import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import type { ConnectionPrompts, HostLogin, LoginQuestions, UnknownHostKey } from '../core/ports/environment'

/** Asks on the terminal, and writes the question to standard error so that standard output stays clean. */
class TerminalPrompts implements ConnectionPrompts {
  readonly #signal: AbortSignal
  /** One question at a time: several hosts may want to know something at once. */
  #last: Promise<unknown> = Promise.resolve()

  constructor(signal: AbortSignal) {
    this.#signal = signal
  }

  confirmHostKey({ host, port, type, fingerprint }: UnknownHostKey): Promise<boolean> {
    const question = `The host key of ${host}:${port} is not known.\n${type} ${fingerprint}\nConnect and remember it? (yes/no) `
    return this.#inTurn(async () => (await this.#ask(question, { isHidden: false })).trim().toLowerCase() === 'yes')
  }

  askPassphrase(keyFile: string): Promise<string | undefined> {
    return this.#inTurn(async () => {
      const answer = await this.#ask(`Passphrase of ${keyFile}: `, { isHidden: true })
      return answer === '' ? undefined : answer
    })
  }

  askPassword({ user, host, port }: HostLogin): Promise<string | undefined> {
    return this.#inTurn(async () => {
      const answer = await this.#ask(`Password of ${user}@${host}:${port}: `, { isHidden: true })
      return answer === '' ? undefined : answer
    })
  }

  answerQuestions({ user, host, instructions, questions }: LoginQuestions): Promise<readonly string[] | undefined> {
    return this.#inTurn(async () => {
      process.stderr.write(`${host} asks ${user}: ${instructions}\n`)
      const answers: string[] = []
      for (const { text, isHidden } of questions) answers.push(await this.#ask(`${text} `, { isHidden }))
      return this.#signal.aborted ? undefined : answers
    })
  }

  #inTurn<T>(question: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(question)
    this.#last = turn.catch(() => undefined)
    return turn
  }

  async #ask(question: string, { isHidden }: { readonly isHidden: boolean }): Promise<string> {
    // readline echoes the question and what is typed to its output: with a passphrase that is nowhere.
    if (isHidden) process.stderr.write(question)
    const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
    const lines = createInterface({ input: process.stdin, output: isHidden ? nowhere : process.stderr, terminal: true })
    // In a terminal readline takes Ctrl+C for itself.
    lines.on('SIGINT', () => process.emit('SIGINT'))
    try {
      return await lines.question(question, { signal: this.#signal })
    } catch (error) {
      if (this.#signal.aborted) return ''
      throw error
    } finally {
      lines.close()
      if (isHidden) process.stderr.write('\n')
    }
  }
}

/** Nobody is there to ask, as in a CI job: unknown keys are refused, keys with a passphrase are passed over, and so is what asks. */
const noPrompts: ConnectionPrompts = {
  confirmHostKey: () => Promise.resolve(false),
  askPassphrase: () => Promise.resolve(undefined),
  askPassword: () => Promise.resolve(undefined),
  answerQuestions: () => Promise.resolve(undefined),
}

/**
 * Questions on the terminal where there is one, or no questions at all.
 *
 * @param signal ends a question that is still open; it then counts as not answered
 */
export function terminalPrompts(signal: AbortSignal): ConnectionPrompts {
  return process.stdin.isTTY && process.stderr.isTTY ? new TerminalPrompts(signal) : noPrompts
}
