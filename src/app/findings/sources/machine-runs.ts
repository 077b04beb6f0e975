import { formatMoment } from '../../../core/text/moment'
import { hostFindingContext } from '../../tree/node-parts'
import { hostGroup } from '../finding-groups'
import type { FindingSource } from '../listed-finding'

/** Commands of docker-machine that failed and were not done since, each with what it came to. */
export const machineRuns: FindingSource = {
  id: 'machine-runs',
  list({ fleet, machineRuns: runs, now }) {
    return fleet.hosts.flatMap((host) => {
      const run = runs?.failed(host.id)
      if (run === undefined) return []
      const { cause, title, severity, evidence, remedy } = run.finding
      return [
        {
          id: 'machine',
          group: hostGroup(host),
          subject: { kind: 'host-finding' as const, hostId: host.id, cause },
          severity,
          title: `docker-machine ${run.action}: ${title}`,
          description: `failed ${formatMoment(run.at, now)}`,
          evidence,
          remedy,
          context: hostFindingContext(cause),
        },
      ]
    })
  },
}
