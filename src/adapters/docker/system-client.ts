import { SwarmNetworksError } from '../../core/errors'
import type { EngineInfo } from '../../core/model/engine'
import type { EngineEvent, SystemClient } from '../../core/ports/engine'
import { compareApiVersions } from './api-version'
import type { EngineContext } from './engine-context'
import type { EngineStream } from './engine-stream'
import { readJsonValues } from './json-stream'
import { parseEvent } from './records/event'
import { parseInfo } from './records/info'

const followEvents = 'follow the events of the engine'

/** `/info` and `/events`. */
export class DockerSystemClient implements SystemClient {
  readonly #context: EngineContext

  constructor(context: EngineContext) {
    this.#context = context
  }

  info(signal: AbortSignal): Promise<EngineInfo> {
    const { calls, http, engineVersion: version, apiVersion } = this.#context
    return calls.run({ what: 'read what the engine is', signal }, async (scope) =>
      parseInfo(await http.send({ method: 'GET', path: '/info' }, scope), { version, apiVersion }),
    )
  }

  async events(signal: AbortSignal): Promise<AsyncIterable<EngineEvent>> {
    const { calls, http, apiVersion } = this.#context
    // Types came with Docker 1.10. What an engine does not know (nodes and services before 17.06) it does not send.
    const query =
      compareApiVersions(apiVersion, '1.22') < 0
        ? {}
        : { filters: { type: ['container', 'network', 'node', 'service', 'daemon'] } }
    const stream = await calls.open({ what: followEvents, signal }, (scope) =>
      http.stream({ method: 'GET', path: '/events', query }, scope),
    )
    return this.#read(stream, signal)
  }

  async *#read(stream: EngineStream, signal: AbortSignal): AsyncGenerator<EngineEvent> {
    try {
      for await (const value of readJsonValues(stream.read())) {
        const event = parseEvent(value)
        if (event) yield event
      }
      if (signal.aborted) return
      throw new SwarmNetworksError('unreachable', 'the engine closed the stream', {
        remedy: 'It was stopped or restarted.',
      })
    } catch (error) {
      throw this.#context.calls.failure(followEvents, error)
    }
  }
}
