import { SwarmNetworksError } from '../../core/errors'
import { serviceStateCommand, stoppedEngineRemedy, wouldWakeEngine } from '../../core/fleet/service-state'
import { defaultSocketPath } from '../../core/targets/same-endpoint'
import { LookBeforeKnock } from '../look-before-knock'
import type { ChannelSocket } from './channel-socket'
import { explainSocketFailure } from './socket-trouble'
import type { SshConnection } from './ssh-connection'
import { sshError } from './ssh-errors'
import { runOnHost } from './ssh-run'

const lookDeadlineMs = 5_000

/** The places of the socket that systemd's docker.socket listens on. */
const activatedPaths: readonly string[] = [defaultSocketPath, '/run/docker.sock']

/**
 * Opens an engine's socket on a host, as often as it is wanted, without waking an engine that somebody stopped.
 *
 * Where systemd listens on the socket, a connection starts the engine. So the service's state is looked at before each
 * knock, as `LookBeforeKnock` says.
 */
export class EngineSocket {
  readonly #connection: SshConnection
  readonly #path: string
  readonly #sockets = new Set<ChannelSocket>()
  readonly #end = new AbortController()
  readonly #service = new LookBeforeKnock(() => this.#look())

  constructor(connection: SshConnection, path = defaultSocketPath) {
    this.#connection = connection
    this.#path = path
  }

  /**
   * @throws `engine-stopped` where the knock would start the engine, `socket-missing`, `permission-denied`, `unsupported`
   * where the SSH server forwards no sockets, `unreachable` and the codes of the SSH connection
   */
  async open(): Promise<ChannelSocket> {
    if (activatedPaths.includes(this.#path)) await this.#service.ensureAwake()
    const socket = await this.#knock()
    this.#sockets.add(socket)
    socket.once('end', () => this.#service.forget())
    socket.once('close', () => this.#sockets.delete(socket))
    return socket
  }

  /** Ends everything that was opened, and what is being opened. */
  close(): void {
    this.#end.abort()
    for (const socket of this.#sockets) socket.destroy()
  }

  async #knock(): Promise<ChannelSocket> {
    try {
      return await this.#connection.openUnixSocket(this.#path, this.#end.signal)
    } catch (error) {
      this.#service.forget()
      if (!(error instanceof SwarmNetworksError)) throw error
      throw await explainSocketFailure(this.#connection, { path: this.#path, failure: error }, this.#end.signal)
    }
  }

  async #look(): Promise<void> {
    if (wouldWakeEngine(await this.#askServiceManager()))
      throw sshError('engine-stopped', this.#connection.host, {
        step: 'socket',
        why: 'the Docker engine is stopped, and connecting would start it again',
        remedy: `${stoppedEngineRemedy}.`,
      })
  }

  async #askServiceManager(): Promise<string> {
    try {
      const command = serviceStateCommand
      return (await runOnHost(this.#connection, { command, deadlineMs: lookDeadlineMs }, this.#end.signal)).stdout
    } catch (error) {
      // An account that may forward sockets but run no commands: then nothing can be known before the knock.
      if (SwarmNetworksError.is(error, 'unreachable') && this.#connection.isOpen) return ''
      throw error
    }
  }
}
