import { PassThrough } from 'node:stream'
import { finished } from 'node:stream/promises'
import { text } from 'node:stream/consumers'
import type Docker from 'dockerode'
import { LabError } from '../support/lab-error'

export interface ExecResult {
  /** The exit status; 124 where the time was up. */
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

export interface ExecOptions {
  /** The longest it may take, in milliseconds; it is killed inside the machine then. 60 seconds unless told. */
  readonly timeoutMs?: number
  readonly user?: string
  readonly signal?: AbortSignal
}

/** How much longer than the command's own limit the engine may take, in milliseconds. */
const engineAllowanceMs = 10_000

/**
 * Runs a command in a container: a list of arguments as it is, a text as a script for sh.
 * @throws LabError when the engine does not run it, or does not answer; a status other than 0 is no error.
 */
export async function execIn(
  container: Docker.Container,
  command: string | readonly string[],
  options: ExecOptions = {},
): Promise<ExecResult> {
  const timeoutMs = options.timeoutMs ?? 60_000
  const deadline = AbortSignal.timeout(timeoutMs + engineAllowanceMs)
  const signal = options.signal === undefined ? deadline : AbortSignal.any([deadline, options.signal])
  const argv = typeof command === 'string' ? ['sh', '-c', command] : command
  const limited = ['timeout', '--kill-after=2', String(timeoutMs / 1000), ...argv]
  try {
    const exec = await container.exec({
      Cmd: limited,
      AttachStdout: true,
      AttachStderr: true,
      ...(options.user === undefined ? {} : { User: options.user }),
      abortSignal: signal,
    })
    const stream = await exec.start({ hijack: true, stdin: false, abortSignal: signal })
    const end = (): void => void stream.destroy(new Error('no answer from the engine in time'))
    signal.addEventListener('abort', end, { once: true })
    const [stdout, stderr] = await split(container, stream).finally(() => signal.removeEventListener('abort', end))
    const { ExitCode } = await exec.inspect({ abortSignal: signal })
    return { code: ExitCode ?? -1, stdout, stderr }
  } catch (error) {
    options.signal?.throwIfAborted()
    throw new LabError(
      `${argv.join(' ').slice(0, 200)} could not be run in a machine: ${String(error)}`,
      undefined,
      error,
    )
  }
}

async function split(container: Docker.Container, stream: NodeJS.ReadWriteStream): Promise<readonly [string, string]> {
  const stdout = new PassThrough()
  const stderr = new PassThrough()
  const texts = Promise.all([text(stdout), text(stderr)])
  const modem = container.modem as Docker['modem']
  modem.demuxStream(stream, stdout, stderr)
  await finished(stream, { writable: false })
  stdout.end()
  stderr.end()
  return texts
}
