import type { PairResult, Peer } from '../../connectivity/types'
import { count, enumerate } from '../../text/count'
import type { Rule } from '../evidence'
import { place, unique } from '../wording'

/** Ping is not answered where TCP is: ICMP is filtered. No fault for applications; said because people try ping first. */
export const icmpBlocked: Rule = {
  id: 'icmp-blocked',
  diagnose({ pairs }) {
    return byCulprit(pairs.filter(isBlocked)).map(({ peer, own }) => {
      const others = unique(own.map(({ from, to }) => (from.containerId === peer.containerId ? to : from).container))
      return {
        explains: [],
        finding: {
          cause: 'icmp-blocked',
          title: `Ping does not get through to or from ${place(peer)}, and TCP does.`,
          confidence: 95,
          hosts: [peer.host],
          containers: [peer.container],
          evidence: [`In ${count(own.length, 'pair')} with ${enumerate(others)} ping got no answer, and TCP did.`],
          remedy: 'Nothing has to be done: applications do not need it. Do not test with ping there.',
          fixes: [],
        },
      }
    })
  },
}

function isBlocked({ checks }: PairResult): boolean {
  return (
    checks.some(({ kind, observation }) => kind === 'icmp' && observation === 'lost') &&
    checks.some(({ kind, result }) => (kind === 'tcp' || kind === 'address') && result === 'pass')
  )
}

/** A filter in one container blocks both its own pings and those to it: the fewest containers that explain all pairs. */
function byCulprit(
  blocked: readonly PairResult[],
): readonly { readonly peer: Peer; readonly own: readonly PairResult[] }[] {
  const found: { peer: Peer; own: readonly PairResult[] }[] = []
  let rest = blocked
  while (rest.length > 0) {
    const involves = (peer: Peer) => (pair: PairResult) =>
      pair.from.containerId === peer.containerId || pair.to.containerId === peer.containerId
    const peers = rest.flatMap(({ from, to }) => [to, from])
    const [peer] = peers.toSorted((a, b) => rest.filter(involves(b)).length - rest.filter(involves(a)).length)
    if (peer === undefined) break
    found.push({ peer, own: rest.filter(involves(peer)) })
    rest = rest.filter((pair) => !involves(peer)(pair))
  }
  return found
}
