import type { PairResult } from '../../connectivity/types'
import { groupBrokenPaths } from '../culprit-hosts'
import type { Rule } from '../evidence'
import { hostPaths } from '../host-paths'
import { enumerate } from '../../text/count'
import { containerNames } from '../wording'

/** One of twenty may be lost anywhere by chance. */
const stillFine = 0.95

/** Some packets between hosts get lost, and most arrive: slow, and no failure. Measured over twenty pings. */
export const lossyUnderlay: Rule = {
  id: 'lossy-underlay',
  diagnose({ pairs }) {
    if (!pairs.some((pair) => measured(pair) === 'lossy')) return []
    const paths = hostPaths(pairs, {
      isAnswered: (pair) => measured(pair) === 'fine',
      isLost: (pair) => measured(pair) === 'lossy',
    })
    return groupBrokenPaths(paths).map((broken) => {
      const lost = broken.paths.flatMap((path) => path.lost)
      const names = broken.hosts.map(({ name }) => name)
      return {
        explains: [],
        finding: {
          cause: 'lossy-underlay',
          title: `Packets get lost between ${enumerate(names)}${broken.shape === 'host' ? ' and the other hosts' : ''}; most arrive.`,
          confidence: 80,
          hosts: names,
          containers: containerNames(lost.flatMap(({ from, to }) => [from, to])),
          evidence: lost
            .slice(0, 5)
            .flatMap(({ from, to, checks }) =>
              checks
                .filter(({ kind }) => kind === 'icmp')
                .map(({ detail }) => `${from.container} on ${from.host} → ${to.container} on ${to.host}: ${detail}.`),
            ),
          remedy: `Look at the network between these hosts: cabling, a full link, a card with errors (“ip -s link”). Connections work and are slow.`,
          fixes: [],
          alternatives: ['One of the hosts is overloaded, or ICMP is limited on the way.'],
        },
      }
    })
  },
}

function measured({ checks }: PairResult): 'fine' | 'lossy' | undefined {
  const counts = checks.find(({ kind }) => kind === 'icmp')?.pings
  if (counts === undefined || counts.sent < 10 || counts.received === 0) return undefined
  return counts.received < counts.sent * stillFine ? 'lossy' : 'fine'
}
