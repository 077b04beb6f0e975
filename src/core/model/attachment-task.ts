import type { TaskState } from './service'

/** A container's place on a swarm network, as its managers keep it (a task of the runtime `attachment`). */
export interface AttachmentTask {
  readonly id: string
  readonly containerId: string
  /** Absent until the manager has placed it. */
  readonly nodeId?: string
  readonly networkIds: readonly string[]
  /** Without prefix length; none until the manager has given one. */
  readonly addresses: readonly string[]
  readonly state: TaskState
  /** Why it is not there: the manager's or the node's own words. */
  readonly error?: string
}
