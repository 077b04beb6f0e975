import type { LabPaths } from './paths'
import type { Progress } from './progress'

/** What every step of bringing the lab up or down needs. */
export interface LabTask {
  readonly paths: LabPaths
  readonly progress: Progress
  /** Aborts on Ctrl+C, or when the whole task took too long. */
  readonly signal: AbortSignal
}
