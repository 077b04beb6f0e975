import type { Duplex } from 'node:stream'
import type { Client, ClientChannel } from 'ssh2'
import type { ErrorCode, SwarmNetworksError } from '../../core/errors'
import type { Disposable } from '../../core/ports/environment'
import { stripControl } from '../../core/text/sanitize'
import { ChannelSocket } from './channel-socket'
import { sshError } from './ssh-errors'
import type { SshHost } from './ssh-host'

/** How long a host may take to open a channel, in milliseconds. */
const channelDeadlineMs = 10_000

/** The reason that a host gives for not opening a channel (RFC 4254, 5.1), or undefined for another failure. */
export type ChannelRefusal = 'prohibited' | 'connect-failed' | 'unknown-type' | 'resource-shortage'

const refusals: readonly (ChannelRefusal | undefined)[] = [
  undefined,
  'prohibited',
  'connect-failed',
  'unknown-type',
  'resource-shortage',
]

/** The reason why the host did not open a channel, from the error's cause. */
export function channelRefusal(error: unknown): ChannelRefusal | undefined {
  const cause = error instanceof Error ? error.cause : undefined
  return cause instanceof Error && 'reason' in cause && typeof cause.reason === 'number'
    ? refusals[cause.reason]
    : undefined
}

type Opened = (error: Error | undefined, channel: ClientChannel) => void

/** A channel to be opened. */
interface Request<T> {
  /** For the text of a failure. */
  readonly what: string
  readonly start: (opened: Opened) => unknown
  /** Makes the channel the caller's, in the moment in which it opens. */
  readonly take: (channel: ClientChannel) => T
}

/** One authenticated SSH connection, for everything that is open on that host at the same time. */
export class SshConnection {
  readonly host: SshHost
  readonly #client: Client
  readonly #socket: Duplex
  readonly #channels = new Set<ChannelSocket>()
  readonly #listeners = new Set<(reason: SwarmNetworksError) => void>()
  #lastError: Error | undefined
  #isOpen = true

  /** Takes over a client that is ready, and the socket below it. */
  constructor(host: SshHost, client: Client, socket: Duplex) {
    this.host = host
    this.#client = client
    this.#socket = socket
    client.on('error', (error) => (this.#lastError = error))
    client.once('close', () => this.#onLost())
  }

  get isOpen(): boolean {
    return this.#isOpen
  }

  /** Opens a Unix socket of the host (OpenSSH's direct-streamlocal channel, PROTOCOL 2.4). */
  async openUnixSocket(path: string, signal: AbortSignal): Promise<ChannelSocket> {
    const start = (opened: Opened) => this.#client.openssh_forwardOutStreamLocal(path, opened)
    return this.#open({ what: path, start, take: (channel) => this.#toSocket(channel) }, signal)
  }

  /** Connects to a port from the host on, for a host behind it. */
  async openTcp(to: { readonly host: string; readonly port: number }, signal: AbortSignal): Promise<ChannelSocket> {
    const start = (opened: Opened) => this.#client.forwardOut('127.0.0.1', 0, to.host, to.port, opened)
    return this.#open({ what: `${to.host}:${to.port}`, start, take: (channel) => this.#toSocket(channel) }, signal)
  }

  /**
   * Starts a command line of the host's shell.
   *
   * @param take gets the channel before anything else happens: a quick command's exit and close come with the very packet
   * that opens it, and a promise would be too late to hear them
   */
  async exec<T>(commandLine: string, take: (channel: ClientChannel) => T, signal: AbortSignal): Promise<T> {
    const start = (opened: Opened) => this.#client.exec(commandLine, opened)
    return this.#open({ what: 'a command', start, take }, signal)
  }

  /** Calls `listener` once when the connection is lost; never because of `close()`. */
  onClosed(listener: (reason: SwarmNetworksError) => void): Disposable {
    this.#listeners.add(listener)
    return { dispose: () => void this.#listeners.delete(listener) }
  }

  /** Ends it and everything that is open on it. Closing twice does nothing. */
  close(): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    this.#listeners.clear()
    for (const channel of this.#channels) channel.destroy()
    this.#client.end()
    // `end` waits for the host's goodbye, which a dead one never says.
    this.#socket.destroy()
  }

  #onLost(): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    const reason = this.#lostError()
    // Before ssh2 ends the channels as if the other side had said goodbye: a half answer must not pass for a whole one.
    for (const channel of this.#channels) channel.destroy(reason)
    for (const listener of this.#listeners) listener(reason)
    this.#listeners.clear()
  }

  #lostError(): SwarmNetworksError {
    const why = this.#lastError
      ? `the connection was lost: ${stripControl(this.#lastError.message)}`
      : 'the host closed the connection'
    return sshError('unreachable', this.host, { step: 'connect', why, cause: this.#lastError })
  }

  #toSocket(channel: ClientChannel): ChannelSocket {
    const socket = new ChannelSocket(channel)
    this.#channels.add(socket)
    socket.once('close', () => this.#channels.delete(socket))
    return socket
  }

  #open<T>({ what, start, take }: Request<T>, signal: AbortSignal): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      let isOver = false
      const finish = (end: () => void) => {
        isOver = true
        clearTimeout(timer)
        signal.removeEventListener('abort', onAbort)
        end()
      }
      const fail = (code: ErrorCode, why: string, cause?: unknown) =>
        finish(() => reject(sshError(code, this.host, { step: 'socket', why: `${what}: ${why}`, cause })))
      const onAbort = () => fail('cancelled', 'it was cancelled', signal.reason)
      const onTimeout = () => fail('timeout', `no answer within ${channelDeadlineMs / 1_000} s`)
      const timer = setTimeout(onTimeout, channelDeadlineMs)
      signal.addEventListener('abort', onAbort, { once: true })
      const opened: Opened = (error, channel) => {
        if (isOver) {
          // Too late: nobody waits for it any more.
          if (!error) channel.close()
        } else if (error) {
          fail('unreachable', stripControl(error.message), error)
        } else {
          finish(() => resolve(take(channel)))
        }
      }
      if (signal.aborted) onAbort()
      else if (!this.#isOpen) fail('unreachable', 'the connection is closed')
      else this.#start(start, opened)
    })
  }

  /** ssh2 throws where its socket is not writable any more, a moment before it says that it is closed. */
  #start(start: (opened: Opened) => unknown, opened: Opened): void {
    try {
      start(opened)
    } catch (error) {
      opened(error instanceof Error ? error : new Error(String(error)), undefined as never)
    }
  }
}
