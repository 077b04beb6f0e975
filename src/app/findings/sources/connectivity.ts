import type { Finding } from '../../../core/diagnosis/finding'
import { findingContext } from '../../tree/test-node'
import { networkGroup } from '../finding-groups'
import type { FindingSource, ListedFinding } from '../listed-finding'

/** What the last connectivity test of each network came to. */
export const connectivity: FindingSource = {
  id: 'connectivity',
  list({ fleet, results, now }) {
    return fleet.networks.flatMap((network) => {
      const run = results.latest(network.key)
      if (run === undefined || run.findings.length === 0) return []
      const group = networkGroup(network, run, now)
      return run.findings.map((finding, index): ListedFinding => ({
        id: `${index}:${finding.cause}`,
        group,
        subject: { kind: 'finding', networkKey: network.key, cause: finding.cause, index },
        severity: severityOf(finding),
        title: finding.title,
        description: finding.hosts.join(', '),
        evidence: finding.evidence,
        remedy: finding.remedy,
        confidence: finding.confidence,
        context: findingContext(finding),
      }))
    })
  },
}

/** A finding that explains no pair and no name (a host that could not be asked) is something to know, not a failure. */
function severityOf({ pairs = [], names = [] }: Finding): ListedFinding['severity'] {
  return pairs.length + names.length > 0 ? 'error' : 'warning'
}
