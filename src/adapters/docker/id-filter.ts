/** With more, the URL grows long, and reading the whole list is the cheaper way. */
const most = 100

/** The query that asks for these objects only; for all where `ids` is absent. */
export function idFilter(ids: readonly string[] | undefined): Readonly<Record<string, object>> {
  return ids === undefined || ids.length > most ? {} : { filters: { id: ids } }
}

/** What was asked for: the engine takes each ID of the filter for a prefix, and some ignore filters. */
export function pickById<T extends { readonly id: string }>(
  objects: readonly T[],
  ids: readonly string[] | undefined,
): readonly T[] {
  if (ids === undefined) return objects
  const wanted = new Set(ids)
  return objects.filter(({ id }) => wanted.has(id))
}
