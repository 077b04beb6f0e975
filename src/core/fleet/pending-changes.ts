import type { EngineEvent } from '../ports/engine'

/** What has to be read again. */
export interface Changes {
  readonly containerIds: ReadonlySet<string>
  readonly networkIds: ReadonlySet<string>
  /** What the engine is, and its swarm's nodes. */
  readonly hasEngineChange: boolean
  /** Services and tasks. */
  readonly hasServiceChange: boolean
  /** What changed is not known: the rest says nothing then. */
  readonly isEverything: boolean
}

/** Gathers a burst of events, so that what changed ten times is read once. */
export class PendingChanges {
  #containerIds = new Set<string>()
  #networkIds = new Set<string>()
  #hasEngineChange = false
  #hasServiceChange = false
  #isEverything = false

  get isEmpty(): boolean {
    const hasFlag = this.#hasEngineChange || this.#hasServiceChange || this.#isEverything
    return this.#containerIds.size === 0 && this.#networkIds.size === 0 && !hasFlag
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
        // This engine may have become a manager, or ceased to be one.
        this.#hasEngineChange = true
        break
      case 'service':
        this.#hasServiceChange = true
        break
      case 'engine':
        this.#hasEngineChange = true
        break
      case 'everything':
        this.#isEverything = true
        break
    }
  }

  /** Services and tasks are to be read, though no event of this engine says so. */
  addServices(): void {
    this.#hasServiceChange = true
  }

  /** Hands over what was gathered and starts anew. */
  take(): Changes {
    const changes: Changes = {
      containerIds: this.#containerIds,
      networkIds: this.#networkIds,
      hasEngineChange: this.#hasEngineChange,
      hasServiceChange: this.#hasServiceChange,
      isEverything: this.#isEverything,
    }
    this.#containerIds = new Set()
    this.#networkIds = new Set()
    this.#hasEngineChange = false
    this.#hasServiceChange = false
    this.#isEverything = false
    return changes
  }
}
