import type { Fleet } from '../core/model/fleet'
import type { Target } from '../core/model/target'
import type { Disposable } from '../core/ports/environment'
import type { EngineClient } from '../core/ports/engine'

/** A host that sources find, and that the user does not want to see. */
export interface HiddenHost {
  /** The ID of the target. */
  readonly id: string
  /** Absent while no source names it. */
  readonly target?: Target
}

/** What use cases may ask of the live fleet. */
export interface FleetAccess {
  /** The newest snapshot. */
  readonly fleet: Fleet
  /** For a person: what the sources could not read. */
  readonly problems: readonly string[]
  /** Of the settings' hidden hosts, each with the entry that a source has for it now. */
  readonly hidden: readonly HiddenHost[]
  /** Whether somebody has begun to look at hosts: before that none is asked anything. */
  readonly isStarted: boolean
  onDidChange(listener: () => void): Disposable
  /** Begins to read the sources and to watch what they name; does nothing where that has begun. */
  start(): void
  /** The open engine of a ready host; throws `unreachable` with the host's own reason otherwise. */
  client(hostId: string): EngineClient
  /** Keeps the words of an engine whose key-value store failed it, as evidence, until the store is seen to answer. */
  noteStoreFailure(hostId: string, message: string): void
  /** Reads a host again, or tries to connect now; all hosts and all sources where none is named. Starts, where nobody has. */
  refresh(hostId?: string): void
  /**
   * Says that somebody looks at services or tasks, until the result is disposed. Not everything about them is announced:
   * while somebody looks, and not all tasks are where they should be, they are read again, with a bound.
   */
  followServices(): Disposable
  /** Resolves when each host is ready or has failed at least once. Starts, where nobody has. */
  settled(signal: AbortSignal): Promise<void>
}
