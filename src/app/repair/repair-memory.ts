import * as v from 'valibot'
import type { RepairMemory } from '../../core/ports/repair-memory'
import { repairPlan } from '../../core/repair/plan-schema'
import { isSameRepair, type RepairProgress } from '../../core/repair/record'

/** What keeps values by their keys beyond a restart, as an extension's `globalState` does. */
export interface KeyValueStore {
  get(key: string): unknown
  update(key: string, value: unknown): PromiseLike<void>
}

const key = 'repairs'
/** Repairs that are remembered; the hosts keep theirs. */
const kept = 50

const remembered = v.object({
  record: v.object({ plan: repairPlan, startedAt: v.number() }),
  states: v.array(v.picklist(['waiting', 'done', 'failed', 'unknown'])),
  outcome: v.exactOptional(v.picklist(['done', 'left', 'undo'])),
  isUndone: v.boolean(),
})

/** Repairs in the editor's own storage. What an older or newer version wrote and this one cannot read is left out. */
export class StoredRepairs implements RepairMemory {
  readonly #store: KeyValueStore

  constructor(store: KeyValueStore) {
    this.#store = store
  }

  read(): readonly RepairProgress[] {
    const stored = this.#store.get(key)
    if (!Array.isArray(stored)) return []
    return stored.flatMap((entry: unknown) => {
      const { success, output } = v.safeParse(remembered, entry)
      return success ? [output] : []
    })
  }

  async save(progress: RepairProgress): Promise<void> {
    const others = this.read().filter(({ record }) => !isSameRepair(record.plan, progress.record.plan))
    await this.#store.update(key, [progress, ...others].slice(0, kept))
  }
}
