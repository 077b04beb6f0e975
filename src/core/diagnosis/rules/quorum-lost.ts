import type { Rule } from '../evidence'

/** swarmkit's words, for too few managers and for an election that goes on. */
const noLeader = /does not have a leader|lost quorum|no elected cluster leader/i

/** The managers cannot agree: what runs goes on, and nothing can be started, attached or changed. */
export const quorumLost: Rule = {
  id: 'quorum-lost',
  diagnose({ reading, failures }) {
    if (reading === undefined) return []
    const words = [
      ...(reading.manager?.failure === undefined
        ? []
        : [{ name: reading.manager.name, text: reading.manager.failure }]),
      ...reading.hosts.flatMap(({ name, swarm }) => (swarm.error === undefined ? [] : [{ name, text: swarm.error }])),
    ].filter(({ text }) => noLeader.test(text))
    if (words.length === 0) return []
    const never = new Set(
      reading.containers.filter(({ exit }) => /attach/i.test(exit?.error ?? '')).map(({ peer }) => peer.containerId),
    )
    return [
      {
        explains: failures.filter(
          ({ pair, check }) => check.observation === 'not-running' && never.has(pair.to.containerId),
        ),
        finding: {
          cause: 'quorum-lost',
          title: 'The swarm has no leader: too few of its managers are reachable.',
          confidence: 99,
          hosts: [...new Set(words.map(({ name }) => name))],
          containers: [],
          evidence: words.map(({ name, text }) => `${name} says: “${text}”`),
          remedy:
            'Start the other managers or mend the way to them (2377/tcp). Until then containers that run go on, and none can be started on a swarm network.',
          fixes: [],
          alternatives: ['An election takes some seconds: if it is gone in the next test, it was one.'],
        },
      },
    ]
  },
}
