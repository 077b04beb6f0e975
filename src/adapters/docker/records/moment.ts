/** Go's RFC 3339 with nanoseconds to milliseconds since the epoch; undefined for its zero time and for anything else. */
export function momentOf(text: string): number | undefined {
  const at = Date.parse(text)
  return Number.isNaN(at) || at < 0 ? undefined : at
}
