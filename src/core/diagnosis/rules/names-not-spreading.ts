import { groupBy, type NonEmpty } from '../../collections/group-by'
import { isLost } from '../../connectivity/evaluate'
import type { PairResult } from '../../connectivity/types'
import { count, enumerate } from '../../text/count'
import type { Evidence, Explanation, Failure, Rule } from '../evidence'
import { hostNames, unique } from '../wording'

/**
 * All names of one host are unknown on another: the swarm's gossip (port 7946) does not get through. The containers'
 * addresses are forgotten the same way, only later, so pairs that are lost between the same hosts belong to it.
 */
export const namesNotSpreading: Rule = {
  id: 'names-not-spreading',
  diagnose(evidence) {
    // With a key-value store names come from there, not by gossip.
    if (evidence.network.driver !== 'overlay' || evidence.network.scope === 'global') return []
    const cut = evidence.failures.filter(({ pair, check }) => isForeignUnknown(pair, check.observation))
    const byTargetHost = groupBy(cut, ({ pair }) => pair.to.hostId)
    return [...byTargetHost.values()].flatMap((own) => explain(evidence, own) ?? [])
  },
}

function isForeignUnknown({ from, to }: PairResult, observation: string): boolean {
  return observation === 'unknown-name' && from.hostId !== to.hostId
}

function explain({ pairs, failures }: Evidence, own: NonEmpty<Failure>): Explanation | undefined {
  const { host, hostId } = own[0].pair.to
  const silent = new Set(own.map(({ pair }) => pair.from.hostId).filter((id) => !knowsAnyName(pairs, id, hostId)))
  const explained = own.filter(({ pair }) => silent.has(pair.from.hostId))
  const targets = unique(explained.map(({ pair }) => pair.to.container))
  // One name alone may be young, or wrong in itself.
  if (targets.length < 2) return undefined
  const askers = hostNames(explained.map(({ pair }) => pair.from))
  const isBetween = ({ from, to }: PairResult) =>
    (from.hostId === hostId && silent.has(to.hostId)) || (to.hostId === hostId && silent.has(from.hostId))
  const lost = failures.filter(({ pair, check }) => isLost(check) && isBetween(pair))
  return {
    explains: [...explained, ...lost],
    finding: {
      cause: 'names-not-spreading',
      title: `On ${enumerate(askers)} no name of a container on ${host} is known.`,
      confidence: 80,
      hosts: [host, ...askers],
      containers: targets,
      evidence: [
        `${count(explained.length, 'lookup')} from ${enumerate(askers)} got the answer that there is no such name; the asking containers' own names are known.`,
        ...(lost.length === 0
          ? []
          : [
              `${count(unique(lost.map(({ pair }) => pair)).length, 'pair')} between these hosts got no answer to ping or TCP either.`,
            ]),
        'Names travel between hosts on 7946/tcp and 7946/udp; without it they are forgotten first and addresses after them.',
      ],
      remedy: `Open 7946/tcp and 7946/udp between ${host} and the other hosts. Afterwards names may take up to 45 seconds to come back.`,
      fixes: [
        {
          id: 'show-firewall-commands',
          title: `Show the commands that open the ports on ${host}`,
          containerIds: [],
          hostIds: [hostId],
        },
      ],
    },
  }
}

function knowsAnyName(pairs: readonly PairResult[], fromHostId: string, toHostId: string): boolean {
  return pairs.some(
    ({ from, to, checks }) =>
      from.hostId === fromHostId &&
      to.hostId === toHostId &&
      checks.some(({ kind, result }) => kind === 'name' && result === 'pass'),
  )
}
