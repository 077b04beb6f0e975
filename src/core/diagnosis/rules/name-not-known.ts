import { groupBy } from '../../collections/group-by'
import { count } from '../../text/count'
import type { Evidence, Failure, Rule } from '../evidence'
import type { Fix } from '../finding'
import { askers, hostNames, place, unique } from '../wording'

/**
 * The resolver answers and does not have the name. Names travel between the hosts of a swarm by gossip on port 7946 and
 * may take some ten seconds; the test asks again before it says so.
 */
export const nameNotKnown: Rule = {
  id: 'name-not-known',
  diagnose(evidence) {
    const unknown = evidence.failures.filter(({ check }) => check.observation === 'unknown-name')
    return [...groupBy(unknown, ({ pair }) => pair.to.containerId).values()].map((own) => explain(evidence, own))
  },
}

function explain({ pairs, network }: Evidence, own: readonly [Failure, ...Failure[]]) {
  const { to } = own[0].pair
  const knowing = pairs.filter(
    (pair) =>
      pair.to.containerId === to.containerId && pair.checks.some((c) => c.kind === 'name' && c.result === 'pass'),
  )
  const askingHosts = hostNames(own.map(({ pair }) => pair.from))
  const isBetweenHosts = network.driver === 'overlay' && !askingHosts.includes(to.host)
  const hostIds = unique([to.hostId, ...own.map(({ pair }) => pair.from.hostId)])
  const firewall: Fix = {
    id: 'show-firewall-commands',
    title: 'Show the commands that open the ports',
    containerIds: [],
    hostIds,
  }
  return {
    explains: own,
    finding: {
      cause: 'name-not-known',
      title: `The name of ${place(to)} is not known to ${count(own.length, 'container')}.`,
      confidence: 75,
      hosts: unique([to.host, ...askingHosts]),
      containers: [to.container],
      evidence: [
        `${askers(own)} asked and got the answer that there is no such name; their own names are known.`,
        knowing.length === 0
          ? 'No container that was tested knows it.'
          : `${count(knowing.length, 'other container knows', 'other containers know')} it, on ${hostNames(knowing.map(({ from }) => from)).join(', ')}.`,
      ],
      remedy:
        isBetweenHosts && network.scope === 'global'
          ? 'Test again after a minute. If it stays: see below the hosts whether their key-value store answers, because names come from there, then disconnect the container from the network and connect it again.'
          : isBetweenHosts
            ? 'Test again after a minute, because names spread by gossip. If it stays: open 7946/tcp and 7946/udp between these hosts, or disconnect the container from the network and connect it again.'
            : 'Test again after a minute. If it stays: disconnect the container from the network and connect it again.',
      fixes: isBetweenHosts && network.scope !== 'global' ? [firewall] : [],
    },
  }
}
