import type { EngineEvent } from '../ports/engine'

/** What has to be read again. */
export interface Changes {
  readonly containerIds: ReadonlySet<string>
  readonly networkIds: ReadonlySet<string>
  readonly hasNodeChange: boolean
  readonly hasEngineChange: boolean
}

/** Gathers a burst of events, so that what changed ten times is read once. */
export class PendingChanges {
  #containerIds = new Set<string>()
  #networkIds = new Set<string>()
  #hasNodeChange = false
  #hasEngineChange = false

  get isEmpty(): boolean {
    return (
      this.#containerIds.size === 0 && this.#networkIds.size === 0 && !this.#hasNodeChange && !this.#hasEngineChange
    )
  }

  add(event: EngineEvent): void {
    switch (event.kind) {
      case 'container':
        this.#containerIds.add(event.containerId)
        break
      case 'network':
        this.#networkIds.add(event.networkId)
        if (event.containerId !== undefined) this.#containerIds.add(event.containerId)
        break
      case 'node':
        this.#hasNodeChange = true
        // This engine may have become a manager, or ceased to be one.
        this.#hasEngineChange = true
        break
      case 'engine':
        this.#hasEngineChange = true
        break
    }
  }

  /** Hands over what was gathered and starts anew. */
  take(): Changes {
    const changes: Changes = {
      containerIds: this.#containerIds,
      networkIds: this.#networkIds,
      hasNodeChange: this.#hasNodeChange,
      hasEngineChange: this.#hasEngineChange,
    }
    this.#containerIds = new Set()
    this.#networkIds = new Set()
    this.#hasNodeChange = false
    this.#hasEngineChange = false
    return changes
  }
}
