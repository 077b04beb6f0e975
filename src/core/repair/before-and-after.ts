import type { HostDiagnosis } from '../examine/host/host-diagnosis'
import { enumerate } from '../text/count'

/** What a repair changed, by the examinations before and after it: what is gone, what is left, what is new. */
export function beforeAndAfter(
  host: string,
  { before, after }: { readonly before: readonly HostDiagnosis[]; readonly after: readonly HostDiagnosis[] },
): string {
  const causes = (findings: readonly HostDiagnosis[]) => new Set(findings.map(({ cause }) => cause))
  const [had, has] = [causes(before), causes(after)]
  const titles = (findings: readonly HostDiagnosis[]) => enumerate(findings.map(({ title }) => `“${title}”`))
  const gone = before.filter(({ cause }) => !has.has(cause))
  const left = after.filter(({ cause }) => had.has(cause))
  const fresh = after.filter(({ cause }) => !had.has(cause))
  return [
    gone.length === 0 ? `${host}: nothing of what was found is gone.` : `${host}: gone is ${titles(gone)}.`,
    ...(left.length === 0 ? [] : [`Still there: ${titles(left)}.`]),
    ...(fresh.length === 0 ? [] : [`New: ${titles(fresh)}.`]),
    ...(after.length === 0 ? ['Nothing else is wrong.'] : []),
  ].join(' ')
}
