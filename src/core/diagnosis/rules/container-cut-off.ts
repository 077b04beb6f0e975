import { groupBy } from '../../collections/group-by'
import { isLost } from '../../connectivity/evaluate'
import type { PairResult, Peer } from '../../connectivity/types'
import { count } from '../../text/count'
import type { Explanation, Failure, Rule } from '../evidence'
import { isAnsweredPair, isLostPair } from '../host-paths'
import { place, unique } from '../wording'

/**
 * One container that nobody hears, or that hears nobody, while the ways between the hosts are fine: the fault is at its
 * own interface (its firewall, its routes, a link that was not set up) and not between the hosts.
 */
export const containerCutOff: Rule = {
  id: 'container-cut-off',
  diagnose({ failures, pairs }) {
    const lost = failures.filter(({ pair, check }) => isLost(check) && isLostPair(pair))
    const suspects = [
      ...[...groupBy(lost, ({ pair }) => pair.to.containerId).values()].map((own) => own[0].pair.to),
      ...[...groupBy(lost, ({ pair }) => pair.from.containerId).values()].map((own) => own[0].pair.from),
    ].filter((peer) => isCutOff(peer, pairs))
    const explained = new Set<Failure>()
    return [...new Map(suspects.map((peer) => [peer.containerId, peer])).values()].flatMap((peer): Explanation[] => {
      const own = lost.filter((failure) => !explained.has(failure) && involves(failure.pair, peer))
      for (const failure of own) explained.add(failure)
      return own.length === 0 ? [] : [explain(peer, own, pairs)]
    })
  },
}

/** Nothing that it said, or nothing that was said to it, got an answer from containers that answer others. */
function isCutOff(peer: Peer, pairs: readonly PairResult[]): boolean {
  const isHealthy = (other: Peer) => pairs.some((pair) => involves(pair, other) && isAnsweredPair(pair))
  return (['to', 'from'] as const).some((side) => {
    const own = pairs.filter((pair) => pair[side].containerId === peer.containerId)
    return (
      !own.some(isAnsweredPair) &&
      own.some((pair) => isLostPair(pair) && isHealthy(side === 'to' ? pair.from : pair.to))
    )
  })
}

function involves({ from, to }: PairResult, { containerId }: Peer): boolean {
  return from.containerId === containerId || to.containerId === containerId
}

function explain(peer: Peer, own: readonly Failure[], all: readonly PairResult[]): Explanation {
  const who = place(peer)
  const pairs = unique(own.map(({ pair }) => pair))
  const asked = pairs.filter(({ to }) => to.containerId === peer.containerId).length
  const asking = pairs.length - asked
  return {
    explains: own,
    finding: {
      cause: 'container-cut-off',
      title: asked === 0 ? `${who} gets no answer from anybody.` : `${who} answers nobody.`,
      confidence: 60,
      hosts: [peer.host],
      containers: [peer.container],
      evidence: [
        ...(asked > 0 ? [`${count(asked, 'container')} spoke to it by ping and TCP and got no answer.`] : []),
        ...(asking > 0 ? [`It spoke to ${count(asking, 'container')} by ping and TCP and got no answer.`] : []),
        `${count(all.filter((pair) => !involves(pair, peer) && isAnsweredPair(pair)).length, 'other pair of containers reaches', 'other pairs of containers reach')} each other.`,
        `Its engine says that it runs and has the address ${peer.address ?? 'none'}.`,
      ],
      remedy:
        'Look for a firewall in the container; if there is none, disconnect it from the network and connect it again.',
      fixes: [
        {
          id: 'show-logs',
          title: `Show the log of ${who}`,
          containerIds: [peer.containerId],
          hostIds: [peer.hostId],
        },
      ],
    },
  }
}
