import type { ClientChannel } from 'ssh2'
import type { SwarmNetworksError } from '../../core/errors'
import { stripControl } from '../../core/text/sanitize'
import { shellQuote } from '../../core/text/shell-quote'
import { ChannelSocket } from './channel-socket'
import { allowForwarding, explainNoPermission } from './socket-trouble'
import type { SshConnection } from './ssh-connection'
import { sshError } from './ssh-errors'

/** How much of what the program says of a failure is kept, in bytes. */
const maxErrorBytes = 2_048

/** Shells say these of a program that is not there, and of one that may not be run (POSIX, sh, 2.8.2). */
const notFound = 127
const notExecutable = 126

export interface DialOptions {
  /** The engine's socket on the host. */
  readonly path: string
  /** What to fail with, where something is known already; otherwise what the program says. */
  readonly failure?: SwarmNetworksError
}

interface ProgramEnd {
  /** Absent where a signal ended it. */
  readonly code: number | undefined
  readonly said: string
}

/**
 * Connects to an engine's socket through a program on its host, `docker system dial-stdio`, which joins it with its input
 * and output: for hosts that forward no sockets. Each such connection is a session and a process there.
 *
 * A program that cannot connect says so by ending: then the socket is destroyed with a `SwarmNetworksError` that tells why.
 */
export async function dialStdio(
  connection: SshConnection,
  { path, failure }: DialOptions,
  signal: AbortSignal,
): Promise<ChannelSocket> {
  // Named, because the account's own context may lead elsewhere.
  const command = shellQuote(['docker', '-H', `unix://${path}`, 'system', 'dial-stdio'])
  const explain = (end: ProgramEnd) => failure ?? explainEnd(connection, path, end)
  const socket = await connection.execSocket(command, (channel) => programSocket(channel, explain), signal)
  // All may have come in one packet. An agent that is given a socket which has failed already does not hear of it.
  await new Promise(setImmediate)
  if (socket.errored) throw socket.errored
  return socket
}

function programSocket(channel: ClientChannel, explain: (end: ProgramEnd) => Error): ChannelSocket {
  let code: number | undefined
  let said = ''
  channel.on('exit', (status: number | null) => (code = status ?? undefined))
  channel.stderr.on('data', (chunk: Buffer) => {
    if (said.length < maxErrorBytes) said += chunk.toString('utf8')
  })
  return new ChannelSocket(channel, {
    whySilent: () => explain({ code, said: stripControl(said.slice(0, maxErrorBytes)).trim() }),
    stop: () => {
      // A session lasts as long as its program; one that is stuck in a write would keep its place. OpenSSH passes signals
      // on since 7.9.
      channel.signal('TERM')
    },
  })
}

function explainEnd(connection: SshConnection, path: string, { code, said }: ProgramEnd): SwarmNetworksError {
  const because = (why: string, remedy: string) =>
    sshError('unsupported', connection.host, { step: 'socket', why, remedy })
  const forwards = `the SSH server does not forward ${path}`
  if (code === notFound || code === notExecutable)
    return because(
      `${forwards}, and there is no docker command on the host to go through instead`,
      `${allowForwarding}; or install the Docker command line there.`,
    )
  if (/permission denied/i.test(said)) return explainNoPermission(connection, path)
  if (/cannot connect|no such file|connection refused/i.test(said))
    return sshError('unreachable', connection.host, {
      step: 'socket',
      why: `docker on the host could not connect to ${path}: ${said}`,
      remedy: 'Check that the Docker engine runs there: systemctl status docker',
    })
  // Ended by the engine, as when it restarts, or by the host.
  if (code === 0 || (code === undefined && said === ''))
    return sshError('unreachable', connection.host, { step: 'socket', why: `${path}: the connection was closed` })
  return because(
    `${forwards}, and "docker system dial-stdio" on the host failed${said === '' ? '' : `: ${said}`}`,
    `${allowForwarding}; or bring the Docker command line there to 18.09 or later.`,
  )
}
