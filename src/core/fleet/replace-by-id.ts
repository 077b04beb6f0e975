/** Objects that were read again: `asked` by id, and those of them that still exist. */
export interface Reread<T> {
  readonly asked: ReadonlySet<string>
  readonly found: readonly T[]
}

/**
 * Puts objects that were read again in the place of their old selves: changed ones keep their position, new ones come
 * last, and what was asked for but not found is gone.
 */
export function replaceById<T extends { readonly id: string }>(old: readonly T[], reread: Reread<T>): readonly T[] {
  const found = new Map(reread.found.map((item) => [item.id, item]))
  const kept = old.flatMap((item) => {
    if (!reread.asked.has(item.id)) return [item]
    const newer = found.get(item.id)
    found.delete(item.id)
    return newer ? [newer] : []
  })
  return [...kept, ...found.values()]
}
