import { constants } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import type { ClientChannel } from 'ssh2'
import { SwarmNetworksError } from '../../core/errors'
import type { TerminalSession, TerminalSize } from '../../core/ports/terminal'
import { ChannelSocket } from './channel-socket'
import { channelRefusal } from './channel-refusal'
import type { SshConnection } from './ssh-connection'

export interface SshTerminalOptions {
  readonly size: TerminalSize
  /** Called once when the terminal has ended, whoever ended it. */
  readonly onClosed: () => void
}

/** The host says how the shell ended a moment after its last output, in milliseconds at most; a dead one never does. */
const statusTakesMs = 2_000

/** As shells count: a process that a signal ended has this and the signal's number as its status (POSIX, 2.8.2). */
const endedBySignal = 128

/**
 * Opens the account's login shell in a terminal on a host, as one more channel of its connection. What nobody reads holds
 * the shell up, as SSH's window does.
 *
 * @throws `unsupported` where the account may have no terminal, and the codes of the SSH connection
 */
export async function openSshTerminal(
  connection: SshConnection,
  { size, onClosed }: SshTerminalOptions,
  signal: AbortSignal,
): Promise<TerminalSession> {
  try {
    return await connection.shell(size, (channel) => new SshTerminal(channel, onClosed), signal)
  } catch (error) {
    throw explain(error, connection)
  }
}

class SshTerminal implements TerminalSession {
  readonly hasTty = true
  readonly socket: ChannelSocket
  readonly output: AsyncIterable<Uint8Array>
  readonly #channel: ClientChannel
  readonly #closed: Promise<unknown>
  #status: number | undefined
  #hasLeft = false

  constructor(channel: ClientChannel, onClosed: () => void) {
    this.#channel = channel
    channel.on('exit', (status: number | null, signalName?: string) => (this.#status = status ?? statusOf(signalName)))
    // A terminal has one stream for both; unread, this one would keep the channel from closing.
    channel.stderr.resume()
    this.#closed = new Promise((resolve) => channel.once('close', resolve))
    this.socket = new ChannelSocket(channel)
    this.socket.once('close', onClosed)
    this.output = this.#read()
  }

  write(data: string): void {
    if (!this.#hasLeft && this.socket.writable) this.socket.write(data)
  }

  resize({ columns, rows }: TerminalSize): Promise<void> {
    // Sizes in pixels are for programs that draw; nobody knows them here.
    if (!this.#hasLeft && !this.socket.destroyed) this.#channel.setWindow(rows, columns, 0, 0)
    return Promise.resolve()
  }

  close(): void {
    this.#hasLeft = true
    this.socket.destroy()
  }

  async exitCode(): Promise<number | undefined> {
    if (!this.#hasLeft) await Promise.race([this.#closed, delay(statusTakesMs)])
    return this.#status
  }

  async *#read(): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of this.socket) yield chunk as Buffer
    } catch (error) {
      if (!this.#hasLeft && !isEnd(error)) throw error
    }
  }
}

/** Where the channel's end and its closing come in one packet, nobody has read the end yet. */
function isEnd(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE'
}

/** @param name for instance `SIGHUP` */
function statusOf(name: string | undefined): number | undefined {
  const number = constants.signals[name as NodeJS.Signals] as number | undefined
  return number === undefined ? undefined : endedBySignal + number
}

/** A session that opened and then got no terminal, or no shell, was refused by the host's settings. */
function explain(error: unknown, connection: SshConnection): unknown {
  const isRefused =
    SwarmNetworksError.is(error, 'unreachable') && connection.isOpen && channelRefusal(error) === undefined
  if (!isRefused) return error
  return error.changed({
    code: 'unsupported',
    remedy: `See whether ${connection.host.user} may have a terminal there: PermitTTY in /etc/ssh/sshd_config.`,
  })
}
