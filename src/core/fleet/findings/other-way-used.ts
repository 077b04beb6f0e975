import { formatEndpoint } from '../../targets/format-endpoint'
import type { HostRule } from './host-rule'

/** A host's first way in failed, and another one was used: it works, but not as it was set up. */
export const otherWayUsed: HostRule = {
  cause: 'other-way-used',
  find: ({ way }) => {
    if (way === undefined || way.failed.length === 0) return undefined
    return {
      cause: 'other-way-used',
      title: `It is reached over ${formatEndpoint(way.endpoint)}, because a way that comes first failed`,
      severity: 'warning',
      evidence: way.failed.map(({ endpoint, reason }) => `${formatEndpoint(endpoint)}: ${reason}`),
      remedy: 'Mend the first way, or go on like this: nothing is missing over the other one.',
    }
  },
}
