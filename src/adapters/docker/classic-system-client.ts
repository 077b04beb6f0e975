import type { EngineInfo } from '../../core/model/engine'
import type { EngineEvent, SystemClient } from '../../core/ports/engine'
import type { EngineContext } from './engine-context'
import { followEvents } from './follow-events'
import { parseClassicEvent } from './records/classic-event'
import { parseClassicInfo } from './records/classic-info'

/** `/info` and `/events` of a classic Swarm manager. */
export class ClassicSystemClient implements SystemClient {
  readonly #context: EngineContext

  constructor(context: EngineContext) {
    this.#context = context
  }

  info(signal: AbortSignal): Promise<EngineInfo> {
    const { calls, http, engineVersion: version, apiVersion } = this.#context
    return calls.run({ what: 'read what the manager is', signal }, async (scope) =>
      parseClassicInfo(await http.send({ method: 'GET', path: '/info' }, scope), { version, apiVersion }),
    )
  }

  /** All events, since a manager ignores filters. */
  events(signal: AbortSignal): Promise<AsyncIterable<EngineEvent>> {
    return followEvents(this.#context, { query: {}, parse: parseClassicEvent }, signal)
  }
}
