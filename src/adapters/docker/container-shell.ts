import type { ShellOptions } from '../../core/ports/engine'
import type { TerminalSession, TerminalSize } from '../../core/ports/terminal'
import { inspectExec } from './container-exec'
import { containerLabel } from './container-inspect'
import { detachSequence } from './detach-keys'
import type { EngineContext } from './engine-context'
import { route, type EngineRequest } from './engine-http'
import { sendFirstSize } from './first-size'
import { parseCreatedExec } from './records/exec'
import { terminalSession } from './terminal-session'

interface Shell extends ShellOptions {
  readonly id: string
}

/** The status that the engine notes for an exec that it could not start, but also for one whose client detached. */
const notStartedOrDetached = 126

/**
 * Runs a command in a container with a terminal of its own. The signal holds until the session is open.
 *
 * Closing the session hangs up, as closing any terminal does. The API has no call for that, and an exec whose connection
 * is merely closed runs on for good, out of reach (moby#9098). But engines end an exec whose client sends the detach
 * keys (seen with 20.10 and 26.1): that is what leaving sends.
 */
export async function openShell(context: EngineContext, shell: Shell, signal: AbortSignal): Promise<TerminalSession> {
  const { calls, http } = context
  const what = `open a shell in ${containerLabel(shell.id)}`
  const execId = await calls.run({ what, signal }, async (scope) =>
    parseCreatedExec(await http.send(createRequest(shell), scope)),
  )
  const stream = await calls.open({ what, signal, isForGood: true }, (scope) =>
    http.hijack(startRequest(execId, shell), scope),
  )
  // What is open longer than the call that opened it has no signal of its own; each call has its deadline.
  const later = new AbortController().signal
  const goodbye = detachSequence(shell.detachKeys)
  let lastTyped = ''
  const session = terminalSession({
    stream,
    hasTty: true,
    goodbye,
    onWrite: (data) => (lastTyped = (lastTyped + data).slice(-goodbye.length)),
    sendSize: async (size) => {
      await calls.run({ what: 'resize the terminal', signal: later }, (scope) =>
        http.send(resizeRequest(execId, size), scope),
      )
    },
    readExitCode: async () => {
      const { isRunning, exitCode } = await calls.run({ what, signal: later }, (scope) =>
        inspectExec(http, execId, scope),
      )
      const wasDetached = exitCode === notStartedOrDetached && lastTyped === goodbye
      return isRunning || wasDetached ? undefined : exitCode
    },
    failure: (error) => calls.failure(what, error),
  })
  await sendFirstSize(session, shell.size)
  return session
}

function createRequest({ id, command, detachKeys, size }: Shell): EngineRequest {
  const streams = { AttachStdin: true, AttachStdout: true, AttachStderr: true, Tty: true }
  const body = { ...streams, Cmd: command, DetachKeys: detachKeys, ConsoleSize: consoleSize(size) }
  return { method: 'POST', path: route`/containers/${id}/exec`, body }
}

function startRequest(execId: string, { size }: Shell): EngineRequest {
  const body = { Detach: false, Tty: true, ConsoleSize: consoleSize(size) }
  return { method: 'POST', path: route`/exec/${execId}/start`, body }
}

function resizeRequest(execId: string, { columns, rows }: TerminalSize): EngineRequest {
  return { method: 'POST', path: route`/exec/${execId}/resize`, query: { w: columns, h: rows } }
}

/** From API 1.42 on the terminal has its size before the process starts; older engines ignore it. */
function consoleSize({ columns, rows }: TerminalSize): readonly [number, number] {
  return [rows, columns]
}
