import type { PairResult } from '../../connectivity/types'
import { enumerate } from '../../text/count'
import { groupBrokenPaths } from '../culprit-hosts'
import type { Rule } from '../evidence'
import { hostPaths } from '../host-paths'
import { containerNames } from '../wording'

/** Cards that are known to compute wrong checksums for what is inside VXLAN (moby issue 41775). */
const suspectDrivers: ReadonlySet<string> = new Set(['vmxnet3'])

/**
 * Ping gets through between hosts, large packets too, and no TCP connection does, though the same ports answer on their
 * own host: the network card spoils the checksums of TCP inside VXLAN, and the receiver drops it. Inferred from the
 * pattern; the card's driver makes it surer.
 */
export const checksumOffload: Rule = {
  id: 'checksum-offload',
  diagnose({ failures, pairs, reading, network }) {
    if (network.driver !== 'overlay' || !failures.some(({ pair }) => hasPingOnly(pair))) return []
    const paths = hostPaths(pairs, { isAnswered: hasTcp, isLost: hasPingOnly })
    return groupBrokenPaths(paths).flatMap((broken) => {
      const lost = new Set(broken.paths.flatMap((path) => path.lost))
      const explains = failures.filter(({ pair, check }) => lost.has(pair) && check.kind === 'tcp')
      // A service that answers nobody is no sign of it.
      const isLocalFine = [...lost].some(({ to }) =>
        pairs.some((p) => p.to.containerId === to.containerId && hasTcp(p)),
      )
      if (explains.length === 0 || !isLocalFine) return []
      const names = broken.hosts.map(({ name }) => name)
      const cards = (reading?.hosts ?? []).flatMap(({ name, local }) =>
        (local?.links ?? [])
          .filter(({ driver }) => driver !== undefined && suspectDrivers.has(driver))
          .map((link) => `The card ${link.name} of ${name} has the driver ${link.driver ?? ''}.`),
      )
      return [
        {
          explains,
          finding: {
            cause: 'checksum-offload',
            title: `TCP does not get through between ${enumerate(names)}${broken.shape === 'host' ? ' and the other hosts' : ''}, though ping of every size does.`,
            confidence: cards.length > 0 ? 80 : 60,
            hosts: names,
            containers: containerNames([...lost].flatMap(({ from, to }) => [from, to])),
            evidence: [
              `${lost.size} pairs of containers on different hosts answered small and full-size pings, and no TCP connection.`,
              'The same containers accept connections from their own host.',
              ...cards,
            ],
            remedy:
              'Turn off checksum offloading of the network card on these hosts (“ethtool -K DEVICE tx-checksum-ip-generic off”); where that helps, make it permanent.',
            fixes: [],
            alternatives: [
              'A firewall between the hosts that looks into VXLAN and drops TCP, or rules in DOCKER-USER.',
            ],
          },
        },
      ]
    })
  },
}

function hasTcp({ checks }: PairResult): boolean {
  return checks.some(({ kind, observation }) => kind === 'tcp' && (observation === 'ok' || observation === 'refused'))
}

function hasPingOnly({ checks }: PairResult): boolean {
  const passes = (kind: string) => checks.some((check) => check.kind === kind && check.result === 'pass')
  const tcp = checks.filter(({ kind }) => kind === 'tcp')
  return passes('icmp') && passes('mtu') && tcp.length > 0 && tcp.every(({ observation }) => observation === 'lost')
}
