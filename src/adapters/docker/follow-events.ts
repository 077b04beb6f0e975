import { SwarmNetworksError } from '../../core/errors'
import type { EngineEvent } from '../../core/ports/engine'
import type { EngineContext } from './engine-context'
import type { EngineRequest } from './engine-http'
import type { EngineStream } from './engine-stream'
import { readJsonValues } from './json-stream'

const what = 'follow the events of the engine'

/** What differs between dialects. */
export interface EventDialect {
  readonly query: NonNullable<EngineRequest['query']>
  /** What has to be read again after one event; empty where nothing has. */
  readonly parse: (value: unknown) => readonly EngineEvent[]
}

/** Opens `/events`; resolves when the engine accepted the request. Ends with the signal, and throws when it is lost. */
export async function followEvents(
  context: EngineContext,
  { query, parse }: EventDialect,
  signal: AbortSignal,
): Promise<AsyncIterable<EngineEvent>> {
  const stream = await context.calls.open({ what, signal }, (scope) =>
    context.http.stream({ method: 'GET', path: '/events', query }, scope),
  )
  return readEvents(context, { stream, parse }, signal)
}

async function* readEvents(
  { calls }: EngineContext,
  { stream, parse }: { readonly stream: EngineStream; readonly parse: EventDialect['parse'] },
  signal: AbortSignal,
): AsyncGenerator<EngineEvent> {
  try {
    for await (const value of readJsonValues(stream.read())) yield* parse(value)
    if (signal.aborted) return
    throw new SwarmNetworksError('unreachable', 'the engine closed the stream', {
      remedy: 'It was stopped or restarted.',
    })
  } catch (error) {
    throw calls.failure(what, error)
  }
}
