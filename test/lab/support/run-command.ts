import { spawn } from 'node:child_process'
import { LabError } from './lab-error'

/** How a program on this machine is run. */
export interface RunOptions {
  readonly signal: AbortSignal
  /** The longest it may take, in milliseconds. */
  readonly timeoutMs: number
  readonly env?: NodeJS.ProcessEnv
  /** Takes standard output instead of the result, for output that does not fit in memory. */
  readonly onOutput?: (output: NodeJS.ReadableStream) => Promise<unknown>
}

/** How much of a failed program's output an error shows, in characters. */
const shownOutput = 2000

/**
 * Runs a program without a shell and gives its standard output.
 * @throws LabError when it cannot be started, exits with a status other than 0, or takes too long. It and its children
 * are killed on a timeout and when `signal` aborts.
 */
export async function runCommand(command: readonly [string, ...string[]], options: RunOptions): Promise<string> {
  const [program, ...args] = command
  const limit = AbortSignal.any([options.signal, AbortSignal.timeout(options.timeoutMs)])
  limit.throwIfAborted()
  // A process group of its own: killing it takes the children along, and Ctrl+C reaches us alone, who clean up.
  const child = spawn(program, args, {
    detached: true,
    env: options.env ?? process.env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const kill = (): void => {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
    process.kill(-child.pid, 'SIGKILL')
  }
  limit.addEventListener('abort', kill, { once: true })
  let stdout = ''
  let tail = ''
  const remember = (chunk: Buffer): void => {
    tail = (tail + chunk.toString()).slice(-shownOutput)
  }
  child.stderr.on('data', remember)
  const exited = new Promise<number | null>((resolve, reject) => {
    child.once('error', (error) => {
      reject(new LabError(`${program} could not be started: ${error.message}`, `Install ${program}.`, error))
    })
    child.once('close', resolve)
  })
  const consumed =
    options.onOutput?.(child.stdout) ??
    Promise.resolve(
      child.stdout.on('data', (chunk: Buffer) => {
        stdout += chunk.toString()
        remember(chunk)
      }),
    )
  try {
    const [code] = await Promise.all([exited, consumed])
    options.signal.throwIfAborted()
    if (limit.aborted) throw new LabError(`${program} took longer than ${options.timeoutMs / 1000} s\n${tail}`)
    if (code !== 0) throw new LabError(`${command.join(' ')} failed (${code ?? 'killed'})\n${tail}`)
    return stdout
  } finally {
    limit.removeEventListener('abort', kill)
    kill()
  }
}
