import * as v from 'valibot'
import type { UnfinishedRebuild } from '../../core/machine/rebuild/rebuild-order'
import type { KeyValueStore } from '../repair/repair-memory'

const key = 'rebuilds'

const remembered = v.object({ store: v.string(), machines: v.array(v.string()), done: v.array(v.string()) })

/** Rebuilds that did not come to their end, in the editor's own storage; the newest of each store. */
export class RebuildMemory {
  readonly #store: KeyValueStore

  constructor(store: KeyValueStore) {
    this.#store = store
  }

  read(): readonly UnfinishedRebuild[] {
    const stored = this.#store.get(key)
    if (!Array.isArray(stored)) return []
    return stored.flatMap((entry: unknown) => {
      const { success, output } = v.safeParse(remembered, entry)
      return success ? [output] : []
    })
  }

  /** Remembers how far one got; forgets it once all is done. */
  async save(rebuild: UnfinishedRebuild): Promise<void> {
    const others = this.read().filter(({ store }) => store !== rebuild.store)
    const isOver = rebuild.done.length === rebuild.machines.length
    await this.#store.update(key, isOver ? others : [rebuild, ...others])
  }
}
