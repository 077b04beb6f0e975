import { spawn, type ChildProcessByStdio } from 'node:child_process'
import { once } from 'node:events'
import { PassThrough, type Readable } from 'node:stream'
import { SwarmNetworksError, type ErrorCode } from '../core/errors'
import type { LocalProgram, LocalPrograms, RunningProgram } from '../core/ports/local-programs'

type Child = ChildProcessByStdio<null, Readable, Readable>

/** How long a program that was told to end may take, in milliseconds, before it is ended by force. */
const graceMs = 3_000

/** Programs of this machine, each in a process group of its own: what they start ends with them. */
export const localPrograms: LocalPrograms = {
  async start({ program, args }: LocalProgram): Promise<RunningProgram> {
    // A group's leader can be ended with all its children; Windows has no groups, there the program alone is ended.
    const hasGroups = process.platform !== 'win32'
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: hasGroups, windowsHide: true })
    const ended = endOf(child)
    try {
      await once(child, 'spawn')
    } catch (cause) {
      throw notStarted(program, cause)
    }
    return { output: merged(child), status: () => ended, stop: () => stop(child, hasGroups) }
  },
}

function endOf(child: Child): Promise<number | undefined> {
  return new Promise((resolve) => {
    child.once('close', (code) => resolve(code ?? undefined))
  })
}

/** Both streams as one, which ends when both have. */
function merged({ stdout, stderr }: Child): AsyncIterable<Uint8Array> {
  const both = new PassThrough()
  let open = 2
  for (const stream of [stdout, stderr]) {
    stream.pipe(both, { end: false })
    stream.once('close', () => {
      if (--open === 0) both.end()
    })
  }
  return both
}

function stop(child: Child, hasGroups: boolean): void {
  const kill = (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
    if (hasGroups) process.kill(-child.pid, signal)
    else child.kill(signal)
  }
  kill('SIGTERM')
  setTimeout(() => kill('SIGKILL'), graceMs).unref()
}

const codes: Readonly<Record<string, ErrorCode>> = { ENOENT: 'not-found', EACCES: 'permission-denied' }

function notStarted(program: string, cause: unknown): SwarmNetworksError {
  const code = (cause as NodeJS.ErrnoException).code ?? ''
  const why = code === 'ENOENT' ? 'there is no such program' : (cause as Error).message
  return new SwarmNetworksError(codes[code] ?? 'unsupported', `${program} cannot be run: ${why}`, { cause })
}
