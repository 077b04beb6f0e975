import { SwarmNetworksError, describeError } from '../../core/errors'
import type { Clock, Log } from '../../core/ports/environment'
import type { TerminalSession, TerminalSize } from '../../core/ports/terminal'
import type { Translate } from '../translate'
import type { TerminalRequest } from '../ui'
import { asLines, dim, red } from './ansi'
import { CarriageReturns } from './carriage-returns'
import { LineEditor } from './line-editor'
import { Pacer } from './pacer'

/** The emulator that shows a session. */
export interface TerminalScreen {
  write(text: string): void
  /** Closes the tab. */
  close(): void
}

export interface TerminalDriverContext {
  readonly screen: TerminalScreen
  readonly clock: Clock
  readonly log: Log
  readonly translate: Translate
}

type Phase =
  /** `typed` is handed over once the session is there, as a terminal does with what is typed ahead. */
  | { readonly kind: 'opening'; readonly abort: AbortController; typed: string }
  | { readonly kind: 'open'; readonly session: TerminalSession; readonly lines: LineEditor | undefined }
  /** Nothing goes on, but the text stays readable until the user closes the tab. */
  | { readonly kind: 'ended' }
  | { readonly kind: 'closed' }

const interrupt = '\u0003'

/**
 * Carries one session between the engine's stream and a terminal emulator, without knowing the emulator: banner,
 * opening with cancel, output, typing, sizes, the end, and opening again. What closing means for the process is the
 * session's business: a container's own goes on, a shell that was opened for this terminal is hung up.
 */
export class TerminalDriver {
  readonly #request: TerminalRequest
  readonly #context: TerminalDriverContext
  #size: TerminalSize = { columns: 80, rows: 24 }
  #phase: Phase = { kind: 'ended' }

  constructor(request: TerminalRequest, context: TerminalDriverContext) {
    this.#request = request
    this.#context = context
  }

  /** Resolves when the session has ended or could not be opened; never rejects: the screen shows what went wrong. */
  async open(size: TerminalSize): Promise<void> {
    this.#size = size
    for (const line of this.#request.banner) this.#say(dim(asLines(line)))
    const opening: Phase = { kind: 'opening', abort: new AbortController(), typed: '' }
    this.#phase = opening
    try {
      const session = await this.#request.open(this.#size, opening.abort.signal)
      if (this.#phase !== opening || opening.abort.signal.aborted) {
        session.close()
        throw new SwarmNetworksError('cancelled', 'Cancelled')
      }
      this.#begin(session, { typed: opening.typed, askedFor: size })
      await this.#follow(session)
      this.#end(this.#farewell(await session.exitCode()))
    } catch (error) {
      this.#fail(error)
    }
  }

  type(data: string): void {
    const phase = this.#phase
    switch (phase.kind) {
      case 'opening':
        if (data === interrupt) phase.abort.abort()
        else phase.typed += data
        break
      case 'open':
        this.#give(data, phase)
        break
      case 'ended':
        if (data === '\r') this.#context.screen.close()
        else if (this.#request.atEnd !== undefined) this.#request.atEnd.onKey(data)
        else if (data.toLowerCase() === 'r') void this.open(this.#size)
        break
      case 'closed':
        break
    }
  }

  resize(size: TerminalSize): void {
    this.#size = size
    if (this.#phase.kind === 'open') this.#sendSize(this.#phase.session)
  }

  /** The tab was closed: leaves the session, the process goes on. */
  close(): void {
    const phase = this.#phase
    this.#phase = { kind: 'closed' }
    if (phase.kind === 'opening') phase.abort.abort()
    if (phase.kind === 'open') phase.session.close()
  }

  #begin(
    session: TerminalSession,
    { typed, askedFor }: { readonly typed: string; readonly askedFor: TerminalSize },
  ): void {
    const phase: Phase = { kind: 'open', session, lines: session.hasTty ? undefined : new LineEditor() }
    this.#phase = phase
    if (session.inputClosedReason !== undefined) this.#say(dim(asLines(session.inputClosedReason)))
    if (this.#size !== askedFor) this.#sendSize(session)
    if (typed !== '') this.#give(typed, phase)
  }

  async #follow(session: TerminalSession): Promise<void> {
    const decoder = new TextDecoder()
    const returns = new CarriageReturns()
    const pacer = new Pacer(this.#context.clock)
    const show = (text: string) => {
      if (text !== '' && this.#phase.kind === 'open')
        this.#context.screen.write(session.hasTty ? text : returns.convert(text))
    }
    for await (const chunk of session.output) {
      show(decoder.decode(chunk, { stream: true }))
      await pacer.spend(chunk.length)
    }
    show(decoder.decode())
  }

  #give(data: string, { session, lines }: Extract<Phase, { kind: 'open' }>): void {
    if (session.inputClosedReason !== undefined) {
      if (data === interrupt) this.#explainLeaving()
    } else if (lines === undefined) session.write(data)
    else {
      const edit = lines.type(data)
      this.#context.screen.write(edit.echo)
      for (const line of edit.lines) session.write(line)
      if (edit.leave) this.#explainLeaving()
    }
  }

  #explainLeaving(): void {
    const { translate } = this.#context
    this.#say(`\r\n${dim(translate('[Close this terminal to leave; the container goes on running.]'))}`)
  }

  #sendSize(session: TerminalSession): void {
    const { log } = this.#context
    session.resize(this.#size).catch((error: unknown) => {
      // A process may end while its terminal is resized; the output that goes on tells whether it did.
      log.debug(`${this.#request.title}: the size was not taken: ${describeError(error)}`)
    })
  }

  #farewell(exitCode: number | undefined): string {
    const { translate } = this.#context
    if (exitCode !== undefined) return translate('[Process ended with status {0}.]', exitCode)
    return this.#request.isOnHost === true
      ? translate('[The connection ended.]')
      : translate('[The connection ended; it did not stop the container.]')
  }

  #fail(error: unknown): void {
    const { translate } = this.#context
    if (SwarmNetworksError.is(error, 'cancelled')) this.#end(translate('[Cancelled.]'))
    else {
      if (this.#phase.kind !== 'closed') this.#say(`\r\n${red(asLines(describeError(error)))}`)
      this.#end(translate('[Not connected.]'))
    }
  }

  #end(message: string): void {
    if (this.#phase.kind === 'closed') return
    if (this.#phase.kind === 'open') this.#phase.session.close()
    this.#phase = { kind: 'ended' }
    const { translate } = this.#context
    const { atEnd } = this.#request
    const words =
      atEnd === undefined
        ? `${message} ${translate('Enter closes this terminal, R opens it again.')}`
        : `${translate('Enter closes this terminal.')} ${atEnd.hint}`
    this.#say(`\r\n${dim(words)}`)
  }

  #say(text: string): void {
    if (this.#phase.kind !== 'closed') this.#context.screen.write(`${text}\r\n`)
  }
}
