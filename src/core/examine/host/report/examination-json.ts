import type { HostDiagnosis } from '../host-diagnosis'
import type { HostAccess, Unseen } from '../host-facts'
import type { Examined } from './comparison-report'

/** One host of `examine --json`. A documented interface: docs/json.md. */
export interface ExaminationJson {
  readonly host: string
  /** Whether it was examined and nothing was found. */
  readonly ok: boolean
  /** Why it could not be examined; the rest is absent then. */
  readonly error?: string
  /** ISO 8601, UTC. */
  readonly examinedAt?: string
  readonly durationMs?: number
  readonly access?: HostAccess
  readonly findings?: readonly HostDiagnosis[]
  readonly unseen?: readonly Unseen[]
}

export function examinationJson(examined: Examined): ExaminationJson {
  if (!('examination' in examined)) return { host: examined.host, ok: false, error: examined.failure }
  const { facts, findings } = examined.examination
  return {
    host: examined.host,
    ok: findings.length === 0,
    examinedAt: new Date(facts.examinedAt).toISOString(),
    durationMs: facts.durationMs,
    access: facts.access,
    findings,
    unseen: facts.unseen,
  }
}
