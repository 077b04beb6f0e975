import { enumerate } from '../../text/count'
import type { Rule } from '../evidence'

/** Not a failed pair, but a part of the network that nobody looked at. */
export const hostUnreachable: Rule = {
  id: 'host-unreachable',
  diagnose({ unreachableHosts }) {
    if (unreachableHosts.length === 0) return []
    const names = unreachableHosts.map(({ host }) => host)
    return [
      {
        explains: [],
        finding: {
          cause: 'host-unreachable',
          title: `${enumerate(names)} could not be asked: containers there were not tested.`,
          confidence: 95,
          hosts: names,
          containers: [],
          evidence: unreachableHosts.map(({ host, reason }) => `${host}: ${reason}`),
          remedy: `Mend the way in to ${names.length === 1 ? 'this host' : 'these hosts'}, then test again.`,
          fixes: [],
        },
      },
    ]
  },
}
