import { SwarmNetworksError } from '../../core/errors'
import { defaultSocketPath } from '../../core/targets/same-endpoint'
import { LookBeforeKnock } from '../look-before-knock'
import { onAbort } from '../on-abort'
import type { ChannelSocket } from './channel-socket'
import { dialStdio } from './dial-stdio'
import { lookAtRemoteService } from './engine-look'
import { explainSocketFailure } from './socket-trouble'
import type { SshConnection } from './ssh-connection'

/** The places of the socket that systemd's docker.socket listens on. */
const activatedPaths: readonly string[] = [defaultSocketPath, '/run/docker.sock']

/** What a connection to an engine is for: a call ends by itself, a stream when somebody leaves it. */
export type SocketUse = 'call' | 'stream'

/**
 * Opens an engine's socket on a host, as often as it is wanted, without waking an engine that somebody stopped: where systemd
 * listens on the socket, the service's state is looked at before each knock, as `LookBeforeKnock` says.
 *
 * The SSH server forwards the socket; where it does not, a program on the host connects to it (`dialStdio`). Then each
 * connection is a session, of which a host allows a few only: a stream is opened when there is one for the calls as well.
 */
export class EngineSocket {
  readonly #connection: SshConnection
  readonly #path: string
  readonly #sockets = new Set<ChannelSocket>()
  readonly #calls = new Set<ChannelSocket>()
  readonly #end = new AbortController()
  readonly #service: LookBeforeKnock
  #isDialled = false
  /** How many calls wait for a connection. */
  #callsWaiting = 0
  /** Opened beside a stream, for the next call. */
  #spare: ChannelSocket | undefined

  constructor(connection: SshConnection, path = defaultSocketPath) {
    this.#connection = connection
    this.#path = path
    this.#service = new LookBeforeKnock(() => lookAtRemoteService(connection, this.#end.signal))
  }

  /** Whether each connection is a session of its own, and a process on the host. */
  get isDialled(): boolean {
    return this.#isDialled
  }

  /**
   * @throws `engine-stopped` where the knock would start the engine, `socket-missing`, `permission-denied`, `unsupported`
   * where nothing on the host leads to the socket, `unreachable` and the codes of the SSH connection
   */
  async open(use: SocketUse = 'call'): Promise<ChannelSocket> {
    if (use === 'stream') return this.#isDialled ? this.#openBesideCalls() : this.#openFor('stream')
    const spare = this.#spare
    this.#spare = undefined
    if (spare && !spare.destroyed) return spare
    this.#callsWaiting++
    try {
      return await this.#openFor('call')
    } finally {
      this.#callsWaiting--
    }
  }

  /**
   * Whether a connection may stay that is idle now: not where it is a session that somebody else waits for. The last one of
   * the calls stays, unless one of the calls waits itself: it asked for a new one and cannot take this.
   */
  isWorthKeeping(socket: unknown): boolean {
    if (!this.#isDialled) return true
    if (!this.#calls.has(socket as ChannelSocket)) return false
    return !this.#connection.sessions.isScarce || (this.#calls.size === 1 && this.#callsWaiting === 0)
  }

  /** Calls `listener` when somebody waits for a session. */
  onScarce(listener: () => void): void {
    const subscription = this.#connection.sessions.onScarce(listener)
    onAbort(this.#end.signal, () => subscription.dispose())
  }

  /** Ends everything that was opened, and what is being opened. */
  close(): void {
    this.#end.abort()
    for (const socket of this.#sockets) socket.destroy()
  }

  /** Opens a stream that leaves a connection to the calls. */
  async #openBesideCalls(): Promise<ChannelSocket> {
    if (this.#calls.size === 0) this.#spare = await this.#openFor('call')
    const stream = await this.#openFor('stream')
    try {
      // Whoever waits gets any session that ends: it may have been the one of the calls.
      if (this.#calls.size === 0) this.#spare = await this.#openFor('call')
      return stream
    } catch (error) {
      stream.destroy()
      throw error
    }
  }

  async #openFor(use: SocketUse): Promise<ChannelSocket> {
    await this.#ensureAwake()
    const socket = await this.#knock()
    this.#sockets.add(socket)
    if (use === 'call') this.#calls.add(socket)
    socket.once('end', () => this.#service.forget())
    socket.once('close', () => {
      this.#sockets.delete(socket)
      this.#calls.delete(socket)
    })
    return socket
  }

  async #ensureAwake(): Promise<void> {
    if (activatedPaths.includes(this.#path)) await this.#service.ensureAwake()
  }

  async #knock(): Promise<ChannelSocket> {
    const [connection, path, { signal }] = [this.#connection, this.#path, this.#end]
    try {
      return this.#isDialled
        ? await dialStdio(connection, { path }, signal)
        : await connection.openUnixSocket(path, signal)
    } catch (failure) {
      this.#service.forget()
      if (!(failure instanceof SwarmNetworksError) || this.#isDialled) throw failure
      const { error, isForwardingRefused } = await explainSocketFailure(connection, { path, failure }, signal)
      if (isForwardingRefused === 'no') throw error
      // Looked at again: the explanation took a while.
      await this.#ensureAwake()
      if (isForwardingRefused === 'perhaps') return dialStdio(connection, { path, failure: error }, signal)
      this.#isDialled = true
      return dialStdio(connection, { path }, signal)
    }
  }
}
