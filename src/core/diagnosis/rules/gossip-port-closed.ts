import { dialsTo, gossipGaps } from '../../host-checks/gossip'
import { count, enumerate } from '../../text/count'
import { hasClone } from '../clones'
import { dialsInWords, dropsInWords } from '../dials-in-words'
import type { Rule } from '../evidence'
import { failuresAcross, nodeOf, openPortsFix } from '../host-failures'
import { leadsAstray } from '../told-address'

/**
 * A node that the manager calls ready and other nodes have lost: 7946 is closed. The culprit is the one that is missing
 * from the others' lists of peers while its own is still full.
 */
export const gossipPortClosed: Rule = {
  id: 'gossip-port-closed',
  diagnose({ reading, failures, pairs }) {
    if (reading === undefined) return []
    const gaps = gossipGaps(reading).filter(
      ({ host }) =>
        nodeOf(reading, host)?.state !== 'down' && !leadsAstray({ reading, pairs }, host) && !hasClone(reading, host),
    )
    if (gaps.length === 0) return []
    const hosts = gaps.map(({ host }) => host)
    const names = hosts.map(({ name }) => name)
    const explains = failuresAcross(failures, new Set(hosts.map(({ hostId }) => hostId)))
    const dials = hosts.flatMap((host) => dialsTo(reading, host, 7946))
    const isSilent = dials.some(({ check }) => check.observation === 'lost' || check.observation === 'no-route')
    return [
      {
        explains,
        finding: {
          cause: 'gossip-port-closed',
          title: `The other hosts have lost ${enumerate(names)}: 7946 is closed there.`,
          confidence: isSilent ? 95 : 85,
          hosts: names,
          containers: [],
          evidence: [
            ...gaps.map(({ host, missedBy, misses }) => {
              const own =
                misses.length === 0
                  ? 'its own list still has all'
                  : `its own lacks ${enumerate(misses.map((m) => m.name))}`
              return `${enumerate(missedBy.map(({ name }) => name))} do not list ${host.name} among their peers; ${own}.`
            }),
            ...hosts.flatMap((host) => {
              const node = nodeOf(reading, host)
              return node
                ? [`${reading.manager?.name ?? 'The manager'} calls ${host.name} ${node.state}, so 2377/tcp is open.`]
                : []
            }),
            ...hosts.flatMap((host) => dialsInWords(reading, host, 7946)),
            ...dropsInWords(reading, 'tcp', 7946),
            ...dropsInWords(reading, 'udp', 7946),
            ...(explains.length > 0
              ? [`${count(explains.length, 'check')} between these hosts failed; names go first, addresses after them.`]
              : []),
          ],
          remedy: `Open 7946/tcp and 7946/udp between ${enumerate(names)} and the other hosts. Afterwards names may take up to 45 seconds to come back.`,
          fixes: [openPortsFix(hosts)],
          alternatives: [
            'A host that was away comes back by itself within 45 seconds.',
            `The data path (${reading.dataPathPort}/udp) may be closed as well: without gossip that does not show.`,
          ],
        },
      },
    ]
  },
}
