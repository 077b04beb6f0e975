import { diagnosisContext } from '../../tree/node-parts'
import { formatMoment } from '../../../core/text/moment'
import { hostGroup } from '../finding-groups'
import type { FindingSource } from '../listed-finding'

/** What the newest examination of each host found. */
export const examinations: FindingSource = {
  id: 'examinations',
  list({ fleet, examinations: all, now }) {
    return fleet.hosts.flatMap((host) => {
      const examination = all?.latest(host.id)
      if (examination === undefined) return []
      const { facts, findings } = examination
      return findings.map(({ cause, title, severity, evidence, remedy }, index) => ({
        id: `examined:${index}`,
        group: hostGroup(host),
        subject: { kind: 'host-diagnosis' as const, hostId: host.id, cause, index },
        severity,
        title,
        description: `examined ${formatMoment(facts.examinedAt, now)}`,
        evidence,
        remedy,
        context: diagnosisContext(cause),
      }))
    })
  },
}
