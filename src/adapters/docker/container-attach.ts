import { SwarmNetworksError } from '../../core/errors'
import type { TerminalOptions } from '../../core/ports/engine'
import type { TerminalSession, TerminalSize } from '../../core/ports/terminal'
import { containerLabel, inspectContainer } from './container-inspect'
import type { EngineContext } from './engine-context'
import { route } from './engine-http'
import { sendFirstSize } from './first-size'
import type { InspectedContainer } from './records/container-details'
import { terminalSession } from './terminal-session'

interface Attachment extends TerminalOptions {
  readonly id: string
}

/** Attaches to a container's first process. The signal holds until the session is open. */
export async function attachToContainer(
  context: EngineContext,
  { id, size, detachKeys }: Attachment,
  signal: AbortSignal,
): Promise<TerminalSession> {
  const { calls, http } = context
  const what = `attach to ${containerLabel(id)}`
  const container = await inspectContainer(context, id, signal)
  assertAttachable(container, { what, host: calls.host })
  const inputClosedReason = whyNoInput(container)
  const stdin = inputClosedReason === undefined
  const query = { stream: true, stdout: true, stderr: true, stdin, detachKeys }
  const stream = await calls.open({ what, signal, isForGood: true }, (scope) =>
    http.hijack({ method: 'POST', path: route`/containers/${id}/attach`, query }, scope),
  )
  // What is open longer than the call that opened it has no signal of its own; each call has its deadline.
  const later = new AbortController().signal
  const session = terminalSession({
    stream,
    hasTty: container.hasTty,
    inputClosedReason,
    sendSize: async ({ columns, rows }) => {
      const request = { method: 'POST', path: route`/containers/${id}/resize`, query: { w: columns, h: rows } } as const
      await calls.run({ what: `resize the terminal of ${containerLabel(id)}`, signal: later }, (scope) =>
        http.send(request, scope),
      )
    },
    readExitCode: () => exitCodeOf(context, id, later),
    failure: (error) => calls.failure(what, error),
  })
  await showScreen(session, size)
  return session
}

/** The engine takes an attachment to a stopped container and then says nothing for good. */
function assertAttachable(container: InspectedContainer, { what, host }: { what: string; host: string }): void {
  const { isRunning, isPaused, isRestarting } = container
  if (isRunning && !isPaused && !isRestarting) return
  const [state, remedy] = isPaused
    ? ['is paused', 'Unpause the container first.']
    : isRestarting
      ? ['is restarting', 'Wait until the container runs, and look at its log.']
      : ['does not run', 'Start the container first.']
  throw new SwarmNetworksError('conflict', `Cannot ${what}: it ${state}`, { host, remedy })
}

function whyNoInput({ isStdinOpen, isStdinOnce, hasTty }: InspectedContainer): string | undefined {
  if (!isStdinOpen) return 'This container was made without an open stdin (-i): you can only watch its output.'
  // moby closes stdin when the first attached client leaves (StdinOnce), but not that of a terminal.
  if (isStdinOnce && !hasTty)
    return 'This container closes its stdin when the first terminal leaves it, which ends most programs: you can only watch its output.'
  return undefined
}

async function exitCodeOf(context: EngineContext, id: string, signal: AbortSignal): Promise<number | undefined> {
  try {
    const { isRunning, exitCode } = await inspectContainer(context, id, signal)
    return isRunning ? undefined : exitCode
  } catch (error) {
    // Made with --rm: gone together with its status.
    if (SwarmNetworksError.is(error, 'not-found')) return undefined
    throw error
  }
}

/**
 * A program draws again only when its terminal's size changes: without that, who attaches for the second time would look
 * at an empty screen until a key is pressed. The docker CLI does the same.
 */
async function showScreen(session: TerminalSession, size: TerminalSize): Promise<void> {
  await sendFirstSize(session, { ...size, rows: size.rows + 1 })
  await sendFirstSize(session, size)
}
