import type { ClientChannel } from 'ssh2'
import type { HostCommand, HostCommandResult } from '../../core/ports/host-shell'
import { shellQuote } from '../../core/text/shell-quote'
import { onAbort } from '../on-abort'
import type { SshConnection } from './ssh-connection'
import { sshError } from './ssh-errors'

/**
 * Runs a command on a host to its end. The arguments arrive as they are given, whatever is in them.
 *
 * @throws `timeout`, `cancelled`, or `unreachable` where the connection is lost; never because of the exit status
 */
export async function runOnHost(
  connection: SshConnection,
  wanted: HostCommand,
  signal: AbortSignal,
): Promise<HostCommandResult> {
  const { command, deadlineMs } = wanted
  const fail = (code: 'timeout' | 'cancelled' | 'unreachable', why: string, cause?: unknown) =>
    sshError(code, connection.host, { step: 'command', why: `${command[0] ?? ''}: ${why}`, cause })
  const running = await connection.exec(shellQuote(command), (channel) => watch(channel, wanted), signal)
  let release: () => void = () => undefined
  let timer: NodeJS.Timeout | undefined
  const givenUp = new Promise<never>((_resolve, reject) => {
    release = onAbort(signal, () => reject(fail('cancelled', 'it was cancelled', signal.reason)))
    timer = setTimeout(() => reject(fail('timeout', `it did not end within ${deadlineMs / 1_000} s`)), deadlineMs)
  })
  try {
    const result = await Promise.race([running.result, givenUp])
    if (!connection.isOpen && result.code === undefined) throw fail('unreachable', 'the connection was lost')
    return result
  } catch (error) {
    running.stop()
    throw error
  } finally {
    clearTimeout(timer)
    release()
  }
}

interface Running {
  readonly result: Promise<HostCommandResult>
  stop(): void
}

/** Follows a command from its first moment. */
function watch(channel: ClientChannel, { input, maxBytes = 65_536, onOutput }: HostCommand): Running {
  const stdout = collect(channel, maxBytes, (text) => onOutput?.(text, 'stdout'))
  const stderr = collect(channel.stderr, maxBytes, (text) => onOutput?.(text, 'stderr'))
  const result = new Promise<HostCommandResult>((resolve) => {
    let code: number | null = null
    channel.on('exit', (status: number | null) => (code = status))
    channel.on('close', () => resolve({ ...(code !== null && { code }), stdout: stdout(), stderr: stderr() }))
  })
  if (input === undefined) channel.end()
  else channel.end(input)
  const stop = () => {
    // OpenSSH ends the command since 7.9; closing is all that works everywhere.
    channel.signal('TERM')
    channel.close()
  }
  return { result, stop }
}

/** Gathers a stream's beginning; reading goes on, so that the command is not held up. */
function collect(stream: NodeJS.ReadableStream, maxBytes: number, show: (text: string) => void): () => string {
  const chunks: Buffer[] = []
  // A character may be split over two pieces.
  const decoder = new TextDecoder()
  let left = maxBytes
  stream.on('data', (chunk: Buffer) => {
    if (left > 0) chunks.push(chunk.subarray(0, left))
    left -= chunk.length
    show(decoder.decode(chunk, { stream: true }))
  })
  return () => Buffer.concat(chunks).toString('utf8')
}
