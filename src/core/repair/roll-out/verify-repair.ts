import type { HostDiagnosis } from '../../examine/host/host-diagnosis'
import { enumerate } from '../../text/count'

/**
 * Whether a host is as a repair should have left it, by the examinations before and after it: what was repaired is gone,
 * and no new error is there.
 *
 * @returns what speaks against it, for a person; undefined where nothing does
 */
export function whyNotVerified(
  cause: string,
  { before, after }: { readonly before: readonly HostDiagnosis[]; readonly after: readonly HostDiagnosis[] },
): string | undefined {
  const had = count(before, cause)
  const still = after.find((finding) => finding.cause === cause)
  if (still !== undefined && count(after, cause) >= had) return `it is still so: ${still.title}`
  const known = new Set(before.map((finding) => finding.cause))
  const fresh = after.filter((finding) => finding.severity === 'error' && !known.has(finding.cause))
  return fresh.length === 0 ? undefined : `since the repair: ${enumerate(fresh.map(({ title }) => title))}`
}

/** One cause may be there more than once, as with two drop-ins: then one of them is gone. */
function count(findings: readonly HostDiagnosis[], cause: string): number {
  return findings.filter((finding) => finding.cause === cause).length
}
