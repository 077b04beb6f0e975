import { addAbortSignal } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { SwarmNetworksError } from '../../core/errors'
import type { ExecOptions, ExecResult } from '../../core/ports/engine'
import { containerLabel } from './container-inspect'
import type { EngineContext } from './engine-context'
import { route } from './engine-http'
import { readMultiplexed } from './multiplex'
import { parseCreatedExec, parseExec, type ExecState } from './records/exec'

/** What a command may write, in bytes. A container is not trusted to stop by itself. */
const outputLimit = 16 * 1024 * 1024

/** The engine closes the stream a moment before it notes the exit status. */
const statusTries = 20
const statusPauseMs = 50

/** Runs a command without a terminal and collects what it writes. */
export function runExec(
  { calls, http }: EngineContext,
  { id, command, deadlineMs, onOutput }: ExecOptions & { readonly id: string },
  signal: AbortSignal,
): Promise<ExecResult> {
  const call = { what: `run a command in ${containerLabel(id)}`, signal, deadlineMs }
  return calls.run(call, async (scope) => {
    const body = { AttachStdout: true, AttachStderr: true, Tty: false, Cmd: command }
    const execId = parseCreatedExec(
      await http.send({ method: 'POST', path: route`/containers/${id}/exec`, body }, scope),
    )
    const start = { method: 'POST', path: route`/exec/${execId}/start`, body: { Detach: false, Tty: false } } as const
    const output = await collect(addAbortSignal(scope, await http.stream(start, scope)), onOutput)
    return { exitCode: await exitCodeOf(() => inspectExec(http, execId, scope)), ...output }
  })
}

/** Reads an exec's state. */
export async function inspectExec(
  http: EngineContext['http'],
  execId: string,
  signal: AbortSignal,
): Promise<ExecState> {
  return parseExec(await http.send({ method: 'GET', path: route`/exec/${execId}/json` }, signal))
}

async function collect(
  stream: AsyncIterable<Uint8Array>,
  onOutput: ((text: string) => void) | undefined,
): Promise<{ readonly stdout: string; readonly stderr: string }> {
  // One for each stream: a character may be split over chunks, and the other stream may come between.
  const decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() }
  const texts = { stdout: '', stderr: '' }
  let bytes = 0
  const take = (name: keyof typeof texts, text: string) => {
    texts[name] += text
    if (text !== '') onOutput?.(text)
  }
  for await (const { stream: name, data } of readMultiplexed(stream)) {
    bytes += data.length
    if (bytes > outputLimit)
      throw new SwarmNetworksError('engine-error', `the command wrote more than ${outputLimit / 1024 / 1024} MiB`)
    take(name, decoders[name].decode(data, { stream: true }))
  }
  take('stdout', decoders.stdout.decode())
  take('stderr', decoders.stderr.decode())
  return texts
}

async function exitCodeOf(inspect: () => Promise<ExecState>): Promise<number> {
  for (let tries = 0; tries < statusTries; tries++) {
    const { isRunning, exitCode } = await inspect()
    if (!isRunning && exitCode !== undefined) return exitCode
    await delay(statusPauseMs)
  }
  throw new SwarmNetworksError('protocol', 'the engine does not say how the command ended')
}
