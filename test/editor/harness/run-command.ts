import { spawn } from 'node:child_process'
import { basename } from 'node:path'

export interface CommandOptions {
  readonly cwd?: string
  readonly env?: NodeJS.ProcessEnv
  /** Milliseconds after which the command is ended; 10 minutes unless told. */
  readonly timeout?: number
}

const tail = (text: string) => text.trimEnd().split('\n').slice(-25).join('\n')

/**
 * Runs a program to its end and gives what it wrote to standard output.
 *
 * @throws Error with the command line and the end of its output when it cannot start, fails or takes too long.
 */
export async function runCommand(
  program: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<string> {
  const { cwd, env = process.env, timeout = 600_000 } = options
  const line = [basename(program), ...args].join(' ')
  const signal = AbortSignal.timeout(timeout)
  return await new Promise((resolve, reject) => {
    let stdout = ''
    let all = ''
    const child = spawn(program, args, { cwd, env, signal, stdio: ['ignore', 'pipe', 'pipe'] })
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
      all += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      all += text
    })
    child.once('error', (cause) => {
      const why = signal.aborted ? `took longer than ${timeout / 1000} s` : cause.message
      reject(new Error(`"${line}" ${why}\n${tail(all)}`, { cause }))
    })
    child.once('close', (code, signalName) => {
      if (code === 0) resolve(stdout)
      else reject(new Error(`"${line}" ended with ${signalName ?? `status ${code ?? '?'}`}\n${tail(all)}`))
    })
  })
}
