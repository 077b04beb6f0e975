import type { ContainerClient, LogOptions } from '../core/ports/engine'
import type { TerminalSession } from '../core/ports/terminal'

/** Which container's log is shown. */
export interface LogSource {
  readonly containers: ContainerClient
  readonly containerId: string
  readonly options: LogOptions
}

/**
 * A container's log as a terminal that nothing can be typed into. It ends with the container, and then knows its exit
 * status; `signal` ends only the opening, `close` the session.
 */
export async function openLogSession(
  { containers, containerId, options }: LogSource,
  signal: AbortSignal,
): Promise<TerminalSession> {
  const details = await containers.inspect(containerId, signal)
  const closing = new AbortController()
  // The stream lives as long as its signal: until the tab is closed, and no longer than the opening if that is cancelled.
  const cancelOpening = () => closing.abort()
  signal.addEventListener('abort', cancelOpening)
  if (signal.aborted) closing.abort()
  const chunks = await containers.logs(containerId, options, closing.signal).finally(() => {
    signal.removeEventListener('abort', cancelOpening)
  })
  return {
    hasTty: details.hasTty,
    inputClosedReason: 'This is the container’s log: it can be read, nothing can be typed.',
    output: outputOf(chunks, closing.signal),
    write: () => undefined,
    resize: () => Promise.resolve(),
    close: () => closing.abort(),
    exitCode: () => exitCodeOf(containers, containerId),
  }
}

type LogChunks = Awaited<ReturnType<ContainerClient['logs']>>

/** Standard output and error as they come; closing the session is the end of the log, not a failure. */
async function* outputOf(chunks: LogChunks, closed: AbortSignal): AsyncGenerator<Uint8Array> {
  try {
    for await (const { data } of chunks) yield data
  } catch (error) {
    if (!closed.aborted) throw error
  }
}

/** The list has the status only in the engine's words: `Exited (137) 3 minutes ago`. Undefined while it runs. */
async function exitCodeOf(containers: ContainerClient, containerId: string): Promise<number | undefined> {
  const [container] = await containers.list(new AbortController().signal, [containerId])
  const status = /^Exited \((\d+)\)/.exec(container?.status ?? '')?.[1]
  return status === undefined ? undefined : Number(status)
}
