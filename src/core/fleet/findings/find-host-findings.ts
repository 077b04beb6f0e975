import type { Host } from '../../model/host'
import type { HostEvidence } from './host-rule'
import { hostRules } from './host-rule-list'

/** The hosts with what the rules find about each; a host without findings keeps its identity. */
export function withFindings(evidence: HostEvidence): readonly Host[] {
  const found = hostRules.map((rule) => rule.find(evidence))
  return evidence.hosts.map((host) => {
    const findings = found.flatMap((byHost) => byHost.get(host.id) ?? [])
    return findings.length === 0 ? host : { ...host, findings }
  })
}
