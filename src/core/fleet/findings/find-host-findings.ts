import type { Host } from '../../model/host'
import type { HostEvidence } from './host-rule'
import { hostRules } from './host-rule-list'

/** The hosts with what the rules find about each; a host without findings keeps its identity. */
export function withFindings(evidence: HostEvidence): readonly Host[] {
  return evidence.hosts.map((host) => {
    const findings = hostRules.flatMap((rule) => rule.find(host, evidence) ?? [])
    return findings.length === 0 ? host : { ...host, findings }
  })
}
