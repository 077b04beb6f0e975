import type { Host, HostFailure } from '../../../core/model/host'
import { formatMoment } from '../../../core/text/moment'
import { hostGroup } from '../finding-groups'
import type { FindingSource } from '../listed-finding'

/** Hosts that cannot be reached, or that let nobody in, with their own reason. */
export const silentHosts: FindingSource = {
  id: 'silent-hosts',
  list({ fleet, now }) {
    return fleet.hosts.flatMap((host) => {
      const { failure } = host
      if (failure === undefined || (host.state !== 'unreachable' && host.state !== 'unauthorized')) return []
      const group = hostGroup(host)
      return [
        {
          id: 'silent',
          group,
          subject: group.subject,
          severity: 'error' as const,
          title: titleOf(host),
          description: `since ${formatMoment(failure.since, now)}`,
          evidence: [failure.message],
          remedy: whatNext(failure, now),
          context: group.context,
        },
      ]
    })
  },
}

function titleOf({ state }: Host): string {
  return state === 'unauthorized' ? 'It lets nobody in' : 'It cannot be reached'
}

function whatNext({ nextTryAt }: HostFailure, now: number): string {
  return nextTryAt === undefined
    ? 'It is not tried again by itself: use Refresh once it is mended.'
    : `It is tried again at ${formatMoment(nextTryAt, now)}; Refresh tries it now.`
}
