import type { RepairProgress } from '../repair/record'

/** What the editor remembers of repairs, beyond its restart. */
export interface RepairMemory {
  /** The newest first. */
  read(): readonly RepairProgress[]
  /** Keeps a repair instead of what was kept of the same record before. */
  save(progress: RepairProgress): Promise<void>
}
