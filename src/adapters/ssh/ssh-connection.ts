import type { Duplex } from 'node:stream'
import type { Client, ClientChannel } from 'ssh2'
import type { ErrorCode, SwarmNetworksError } from '../../core/errors'
import type { Disposable } from '../../core/ports/environment'
import type { TerminalSize } from '../../core/ports/terminal'
import { stripControl } from '../../core/text/sanitize'
import { onAbort } from '../on-abort'
import { ChannelSocket } from './channel-socket'
import { SessionQueue, type Opened } from './session-queue'
import { sshError, type SshFailure } from './ssh-errors'
import type { SshHost } from './ssh-host'

/** How long a host may take to open a channel, in milliseconds. */
const channelDeadlineMs = 10_000

/** What the editor's terminal understands. */
const terminalType = 'xterm-256color'

/** A channel to be opened. */
interface Request<T> {
  /** For the text of a failure. */
  readonly what: string
  readonly start: (opened: Opened, isWanted: () => boolean) => unknown
  /** Makes the channel the caller's, in the moment in which it opens. */
  readonly take: (channel: ClientChannel) => T
  /** What it waits for, as half a sentence and with what to do, where it is not just the answer. */
  readonly waitsFor?: () => Pick<SshFailure, 'why' | 'remedy'> | undefined
}

/** One authenticated SSH connection, for everything that is open on that host at the same time. */
export class SshConnection {
  readonly host: SshHost
  readonly sessions = new SessionQueue()
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
    return this.#open({ what: path, start, take: (channel) => this.#keep(new ChannelSocket(channel)) }, signal)
  }

  /** Connects to a port from the host on, for a host behind it. */
  async openTcp(to: { readonly host: string; readonly port: number }, signal: AbortSignal): Promise<ChannelSocket> {
    const start = (opened: Opened) => this.#client.forwardOut('127.0.0.1', 0, to.host, to.port, opened)
    return this.#open(
      { what: `${to.host}:${to.port}`, start, take: (channel) => this.#keep(new ChannelSocket(channel)) },
      signal,
    )
  }

  /**
   * Starts a command line of the host's shell. It is a session: where the host allows no further one now, it waits for one
   * of the others to end.
   *
   * @param take gets the channel before anything else happens: a quick command's exit and close come with the very packet
   * that opens it, and a promise would be too late to hear them
   */
  async exec<T>(commandLine: string, take: (channel: ClientChannel) => T, signal: AbortSignal): Promise<T> {
    return this.#openSession({ what: 'a command', begin: (done) => this.#client.exec(commandLine, done), take }, signal)
  }

  /** Starts the account's own shell in a terminal of this size. It is a session too. */
  async shell<T extends { readonly socket: ChannelSocket }>(
    { columns, rows }: TerminalSize,
    toTerminal: (channel: ClientChannel) => T,
    signal: AbortSignal,
  ): Promise<T> {
    const window = { term: terminalType, cols: columns, rows }
    const begin = (done: Opened) => this.#client.shell(window, done)
    const take = (channel: ClientChannel) => {
      const terminal = toTerminal(channel)
      this.#keep(terminal.socket)
      return terminal
    }
    return this.#openSession({ what: 'a terminal', begin, take }, signal)
  }

  /** The socket that a command's input and output make, with the connection's end as its own. */
  async execSocket(
    commandLine: string,
    toSocket: (channel: ClientChannel) => ChannelSocket,
    signal: AbortSignal,
  ): Promise<ChannelSocket> {
    return this.exec(commandLine, (channel) => this.#keep(toSocket(channel)), signal)
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
    this.sessions.dispose()
    for (const channel of this.#channels) channel.destroy()
    this.#client.end()
    // `end` waits for the host's goodbye, which a dead one never says.
    this.#socket.destroy()
  }

  #onLost(): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    const reason = this.#lostError()
    this.sessions.dispose()
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

  #keep(socket: ChannelSocket): ChannelSocket {
    this.#channels.add(socket)
    socket.once('close', () => this.#channels.delete(socket))
    return socket
  }

  #waitsForSession(): Pick<SshFailure, 'why' | 'remedy'> | undefined {
    const { isScarce, openCount } = this.sessions
    if (!isScarce) return undefined
    return {
      why: `the host allows no more than the ${openCount} sessions that are open, and none of them ended`,
      remedy: 'Close a terminal on this host, or raise MaxSessions in /etc/ssh/sshd_config on it.',
    }
  }

  #openSession<T>(
    { what, begin, take }: Pick<Request<T>, 'what' | 'take'> & { readonly begin: (opened: Opened) => unknown },
    signal: AbortSignal,
  ): Promise<T> {
    const attempt = (opened: Opened) => this.#start(begin, opened)
    const start: Request<T>['start'] = (opened, isWanted) => this.sessions.open({ attempt, opened, isWanted })
    return this.#open({ what, start, take, waitsFor: () => this.#waitsForSession() }, signal)
  }

  #open<T>({ what, start, take, waitsFor }: Request<T>, signal: AbortSignal): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      let isOver: boolean = signal.aborted
      const finish = (end: () => void) => {
        isOver = true
        clearTimeout(timer)
        release()
        end()
      }
      const fail = (code: ErrorCode, { why, ...more }: Omit<SshFailure, 'step'>) =>
        finish(() => reject(sshError(code, this.host, { step: 'socket', why: `${what}: ${why}`, ...more })))
      const onTimeout = () =>
        fail('timeout', waitsFor?.() ?? { why: `no answer within ${channelDeadlineMs / 1_000} s` })
      const timer = setTimeout(onTimeout, channelDeadlineMs)
      const opened: Opened = (error, channel) => {
        if (isOver) {
          // Too late: nobody waits for it any more.
          if (!error) closeUnread(channel)
        } else if (error) {
          fail('unreachable', { why: stripControl(error.message), cause: error })
        } else {
          finish(() => resolve(take(channel)))
        }
      }
      let release: () => void = () => undefined
      release = onAbort(signal, () => fail('cancelled', { why: 'it was cancelled', cause: signal.reason }))
      if (isOver) return
      if (this.#isOpen) this.#start((done) => start(done, () => !isOver), opened)
      else fail('unreachable', { why: 'the connection is closed' })
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

/** ssh2 holds a channel's end back until everything was read, and with it the end of the session. */
function closeUnread(channel: ClientChannel): void {
  channel.resume()
  channel.stderr.resume()
  channel.close()
}
