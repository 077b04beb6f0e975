import { gossipGaps } from '../../host-checks/gossip'
import { dialsInWords, dropsInWords } from '../dials-in-words'
import type { Rule } from '../evidence'
import { failuresAcross, nodeInWords, nodeOf, openPortsFix } from '../host-failures'
import { enumerate } from '../../text/count'

/** A node that manager and peers have lost while we still reach its engine: the other hosts reach nothing of it. */
export const hostCutOff: Rule = {
  id: 'host-cut-off',
  diagnose({ reading, failures }) {
    if (reading === undefined) return []
    const gaps = gossipGaps(reading)
    return gaps.flatMap(({ host, missedBy }) => {
      const node = nodeOf(reading, host)
      if (node?.state !== 'down') return []
      const pings = reading.hosts.flatMap(({ name, local }) =>
        (local?.pings ?? []).filter(({ address }) => address === host.address).map((ping) => ({ name, ...ping })),
      )
      return [
        {
          explains: failuresAcross(failures, new Set([host.hostId])),
          finding: {
            cause: 'host-cut-off',
            title: `${host.name} is cut off from the other hosts.`,
            confidence: 85,
            hosts: [host.name],
            containers: [],
            evidence: [
              nodeInWords(reading, host.name, node),
              `${enumerate(missedBy.map(({ name }) => name))} no longer list it among their peers.`,
              `Its own engine answers us, and says that its swarm is ${host.swarm.state}.`,
              ...pings.map(({ name, check }) => `Ping from ${name} itself: ${check.detail}.`),
              ...dialsInWords(reading, host, 7946),
              ...dropsInWords(reading, 'tcp', 7946),
              ...dropsInWords(reading, 'udp', 7946),
            ],
            remedy: `Open 2377/tcp (at managers), 7946/tcp, 7946/udp and ${reading.dataPathPort}/udp between ${host.name} and the others; where not even pings of the hosts get through, look at its network card and the way there.`,
            // What it cannot reach at the managers is closed there.
            fixes: [openPortsFix([host, ...reading.hosts.filter((each) => each !== host && each.swarm.isManager)])],
          },
        },
      ]
    })
  },
}
