/** `2026-03-04 14:03:22 UTC`: a report is read elsewhere and later. */
export function formatUtc(at: number): string {
  return new Date(at)
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z/, ' UTC')
}
