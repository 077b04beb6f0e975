import type { ClientChannel } from 'ssh2'
import type { Disposable } from '../../core/ports/environment'
import { refusalOf } from './channel-refusal'

export type Opened = (error: Error | undefined, channel: ClientChannel) => void

/** A session that somebody wants. */
export interface SessionRequest {
  /** Asks the host for it. */
  readonly attempt: (opened: Opened) => void
  readonly opened: Opened
  /** False once nobody waits for it any more. */
  readonly isWanted: () => boolean
}

/**
 * A host may tell that a session has ended a moment before it counts it as ended. So who waits asks again after this time,
 * in milliseconds, as long as somebody waits;
 */
const askAgainAfterMs = 200

/** and a refusal so soon after the end of the last one, in milliseconds, may be due to that one. */
const endTakesMs = 1_000

/**
 * The sessions of one connection: commands and shells, of which a host allows a few at a time (sshd_config(5), MaxSessions;
 * 10 unless set, and it tells nobody). So nothing is counted beforehand: who is refused while others are open waits until
 * one of them ends. Forwarded sockets and ports are no sessions.
 */
export class SessionQueue {
  #openCount = 0
  readonly #waiting: SessionRequest[] = []
  readonly #listeners = new Set<() => void>()
  /** Which of those that wait is asked for just now: it waits on if it is refused again. */
  #asking: SessionRequest | undefined
  /** When one ended, on the clock of `performance.now`. */
  #lastEnd = -Infinity
  #timer: NodeJS.Timeout | undefined

  /** How many are open. */
  get openCount(): number {
    return this.#openCount
  }

  /** Whether somebody waits for one to end. */
  get isScarce(): boolean {
    return [...(this.#asking ? [this.#asking] : []), ...this.#waiting].some(({ isWanted }) => isWanted())
  }

  /** Calls `listener` whenever somebody begins to wait: who holds a session that is idle may end it. */
  onScarce(listener: () => void): Disposable {
    this.#listeners.add(listener)
    return { dispose: () => void this.#listeners.delete(listener) }
  }

  /** Opens one now, or when it is its turn. */
  open(request: SessionRequest): void {
    if (this.isScarce) this.#wait(request)
    else this.#ask(request)
  }

  /** Ends the waiting of all. */
  dispose(): void {
    clearTimeout(this.#timer)
    this.#listeners.clear()
    for (const { opened } of this.#waiting.splice(0)) opened(new Error('the connection is closed'), undefined as never)
  }

  #ask(request: SessionRequest): void {
    request.attempt((error, channel) => {
      if (error !== undefined && this.#isForOthers(error)) {
        this.#wait(request)
        return
      }
      if (error === undefined) this.#count(channel)
      request.opened(error, channel)
    })
  }

  #count(channel: ClientChannel): void {
    this.#openCount++
    channel.once('close', () => {
      this.#openCount--
      this.#lastEnd = performance.now()
      this.#askForNext()
    })
  }

  #wait(request: SessionRequest): void {
    this.#waiting.push(request)
    this.#askLater()
    for (const listener of this.#listeners) listener()
  }

  #askForNext(): void {
    if (this.#asking) return
    const request = this.#nextWanted()
    if (request === undefined) return
    this.#asking = request
    request.attempt((error, channel) => {
      this.#asking = undefined
      if (error !== undefined && this.#isForOthers(error)) {
        this.#waiting.unshift(request)
        this.#askLater()
        return
      }
      if (error === undefined) this.#count(channel)
      request.opened(error, channel)
      this.#askForNext()
    })
  }

  /** Whether a refusal is because of sessions that are open. */
  #isForOthers(error: Error): boolean {
    return isFull(error) && (this.#openCount > 0 || performance.now() - this.#lastEnd < endTakesMs)
  }

  #nextWanted(): SessionRequest | undefined {
    for (;;) {
      const request = this.#waiting.shift()
      if (request === undefined || request.isWanted()) return request
    }
  }

  #askLater(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#askForNext(), askAgainAfterMs)
  }
}

/** OpenSSH says "connect failed" for a session too many (serverloop.c), others that they are short of something. */
function isFull(error: Error): boolean {
  const refusal = refusalOf(error)
  return refusal === 'connect-failed' || refusal === 'resource-shortage'
}
