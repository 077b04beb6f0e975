import { hostFindingContext } from '../../tree/node-parts'
import { hostGroup } from '../finding-groups'
import type { FindingSource } from '../listed-finding'

/** What the rules about hosts see without any test: certificates, ways in, key-value stores. */
export const hostRules: FindingSource = {
  id: 'host-rules',
  list({ fleet }) {
    return fleet.hosts.flatMap((host) =>
      (host.findings ?? []).map(({ cause, title, severity, evidence, remedy }) => ({
        id: `rule:${cause}`,
        group: hostGroup(host),
        subject: { kind: 'host-finding' as const, hostId: host.id, cause },
        severity,
        title,
        description: '',
        evidence,
        remedy,
        context: hostFindingContext(cause),
      })),
    )
  },
}
