import type { Verdict } from '../host-checks/host-check'
import { countVerdicts, type HostsCheck } from '../host-checks/judge-hosts'
import { findingJson, type FindingJson } from './json-report'

/** What `check --json` prints. It is an interface, as that of `test`. */
export interface HostChecksJson {
  readonly network: string
  readonly networkId: string
  /** True only if nothing failed, nothing was found, and every host was asked. */
  readonly ok: boolean
  /** ISO 8601, UTC. */
  readonly startedAt: string
  readonly durationMs: number
  readonly cancelled: boolean
  readonly summary: { readonly ok: number; readonly failed: number; readonly notTested: number }
  readonly hosts: readonly HostRowJson[]
  readonly findings: readonly FindingJson[]
  /** What was not looked at, and why. */
  readonly notes: readonly string[]
}

export interface HostRowJson {
  readonly host: string
  readonly address: string
  /** Why it could not be asked; absent where it was. */
  readonly notAsked?: string
  readonly checks: readonly { readonly check: string; readonly verdict: Verdict; readonly reason: string }[]
}

export function hostChecksJson(check: HostsCheck): HostChecksJson {
  const { network, at, durationMs, isCancelled, hosts, findings, notes } = check
  const counts = countVerdicts(check)
  return {
    network: network.name,
    networkId: network.id,
    ok: isWell(check),
    startedAt: new Date(at).toISOString(),
    durationMs,
    cancelled: isCancelled,
    summary: { ok: counts.ok, failed: counts.failed, notTested: counts['not-tested'] },
    hosts: hosts.map(({ host, address, notAsked, verdicts }) => ({
      ...{ host, address },
      ...(notAsked !== undefined && { notAsked }),
      checks: verdicts.map(({ check: id, verdict, reason }) => ({ check: id, verdict, reason })),
    })),
    findings: findings.map(findingJson),
    notes,
  }
}

/** Nothing failed, nothing was found, and every host was asked. */
export function isWell(check: HostsCheck): boolean {
  const { hosts, findings, isCancelled } = check
  const isAsked = hosts.length > 0 && hosts.every(({ notAsked }) => notAsked === undefined)
  return isAsked && !isCancelled && findings.length === 0 && countVerdicts(check).failed === 0
}
