import type { EngineInfo } from '../../core/model/engine'
import type { EngineEvent, SystemClient } from '../../core/ports/engine'
import type { EngineContext } from './engine-context'
import { followEvents } from './follow-events'
import { readClock } from './read-clock'
import { parseClassicEvent } from './records/classic-event'
import { parseClassicInfo } from './records/classic-info'

/** `/info` and `/events` of a classic Swarm manager. */
export class ClassicSystemClient implements SystemClient {
  readonly #context: EngineContext
  readonly #removed: Set<string>

  /** @param removed where the IDs of overlay networks go of which an event says that they were removed */
  constructor(context: EngineContext, removed: Set<string>) {
    this.#context = context
    this.#removed = removed
  }

  info(signal: AbortSignal): Promise<EngineInfo> {
    const { calls, http, engineVersion: version, apiVersion } = this.#context
    return calls.run({ what: 'read what the manager is', signal }, async (scope) =>
      parseClassicInfo(await http.send({ method: 'GET', path: '/info' }, scope), { version, apiVersion }),
    )
  }

  clock(signal: AbortSignal): Promise<number | undefined> {
    return readClock(this.#context, signal)
  }

  /** All events, since a manager ignores filters. */
  events(signal: AbortSignal): Promise<AsyncIterable<EngineEvent>> {
    const parse = (value: unknown): readonly EngineEvent[] => {
      const events = parseClassicEvent(value)
      for (const event of events)
        if (event.kind === 'network' && event.action === 'destroy' && event.driver === 'overlay')
          this.#removed.add(event.networkId)
      return events
    }
    return followEvents(this.#context, { query: {}, parse }, signal)
  }
}
