import type { HostFacts } from '../examine/host/host-facts'
import type { Target } from '../model/target'
import type { HostContainer } from './container-look'

/** What a fix makes its plan from: one host, as it was examined, and what runs there. */
export interface RepairSituation {
  readonly hostId: string
  /** As the user sees it. */
  readonly hostName: string
  readonly facts: HostFacts
  /** The host's containers; undefined where they could not be seen. */
  readonly containers: readonly HostContainer[] | undefined
  /** What `docker inspect` says of containers that a fix is to remove, by their ID. */
  readonly inspections?: ReadonlyMap<string, unknown>
  /** What its swarm lacks while its engine is restarted, as a sentence; absent where it lacks nothing. */
  readonly quorum?: string
  /** How the host's engine is reached. */
  readonly target?: Target
  /** Milliseconds since the epoch. */
  readonly now: number
}
