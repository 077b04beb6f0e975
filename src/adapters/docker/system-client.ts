import type { EngineInfo } from '../../core/model/engine'
import type { EngineEvent, SystemClient } from '../../core/ports/engine'
import { compareApiVersions } from './api-version'
import type { EngineContext } from './engine-context'
import { followEvents } from './follow-events'
import { readClock } from './read-clock'
import { parseEvent } from './records/event'
import { parseInfo } from './records/info'

/** `/info` and `/events`. */
export class DockerSystemClient implements SystemClient {
  readonly #context: EngineContext

  constructor(context: EngineContext) {
    this.#context = context
  }

  info(signal: AbortSignal): Promise<EngineInfo> {
    const { calls, http } = this.#context
    return calls.run({ what: 'read what the engine is', signal }, async (scope) => {
      const answer = await http.send({ method: 'GET', path: '/info' }, scope)
      const { engineVersion: version, apiVersion } = this.#context
      return parseInfo(answer, { version, apiVersion })
    })
  }

  clock(signal: AbortSignal): Promise<number | undefined> {
    return readClock(this.#context, signal)
  }

  events(signal: AbortSignal): Promise<AsyncIterable<EngineEvent>> {
    // Types came with Docker 1.10. What an engine does not know (nodes and services before 17.06) it does not send.
    const query =
      compareApiVersions(this.#context.apiVersion, '1.22') < 0
        ? {}
        : { filters: { type: ['container', 'network', 'node', 'service', 'daemon'] } }
    return followEvents(this.#context, { query, parse: (value) => [parseEvent(value) ?? []].flat() }, signal)
  }
}
