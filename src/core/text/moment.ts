function two(n: number): string {
  return String(n).padStart(2, '0')
}

/**
 * A moment on the user's clock: `14:03:22`, with the date before it where that is not today's. Absolute, so that a
 * text that is not refreshed stays true.
 *
 * @param at milliseconds since the epoch
 * @param now the same, for what "today" is
 */
export function formatMoment(at: number, now: number): string {
  const date = new Date(at)
  const time = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
  if (date.toDateString() === new Date(now).toDateString()) return time
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${time}`
}
