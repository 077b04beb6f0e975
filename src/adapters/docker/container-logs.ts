import type { LogChunk, LogOptions } from '../../core/ports/engine'
import { containerLabel, inspectContainer } from './container-inspect'
import type { EngineContext } from './engine-context'
import { route } from './engine-http'
import type { EngineStream } from './engine-stream'
import { readMultiplexed } from './multiplex'

/** Opens a container's log. With a terminal there is one stream of raw bytes, which the answer of old engines hides. */
export async function readLogs(
  context: EngineContext,
  { id, follow, tail, timestamps }: LogOptions & { readonly id: string },
  signal: AbortSignal,
): Promise<AsyncIterable<LogChunk>> {
  const { hasTty } = await inspectContainer(context, id, signal)
  const what = `read the log of ${containerLabel(id)}`
  const query = { follow, tail, timestamps, stdout: true, stderr: true }
  const stream = await context.calls.open({ what, signal }, (scope) =>
    context.http.stream({ method: 'GET', path: route`/containers/${id}/logs`, query }, scope),
  )
  return hasTty ? readRaw(stream) : readParts(context, { what, stream })
}

async function* readRaw(stream: EngineStream): AsyncGenerator<LogChunk> {
  for await (const data of stream.read()) yield { stream: 'stdout', data }
}

async function* readParts(
  { calls }: EngineContext,
  { what, stream }: { readonly what: string; readonly stream: EngineStream },
): AsyncGenerator<LogChunk> {
  try {
    yield* readMultiplexed(stream.read())
  } catch (error) {
    throw calls.failure(what, error)
  }
}
