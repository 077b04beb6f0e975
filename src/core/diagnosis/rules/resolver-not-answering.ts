import { groupBy } from '../../collections/group-by'
import { count } from '../../text/count'
import type { Rule } from '../evidence'
import { askers, containerNames, unique } from '../wording'

/** The control failed: the resolver does not know the asking container's own name either, or is silent. */
export const resolverNotAnswering: Rule = {
  id: 'resolver-not-answering',
  diagnose({ failures, pairs }) {
    const silent = failures.filter(({ check }) => check.observation === 'resolver-timeout')
    return [...groupBy(silent, ({ pair }) => pair.from.hostId).values()].map((own) => {
      const { host, hostId } = own[0].pair.from
      const affected = containerNames(own.map(({ pair }) => pair.from))
      const others = unique(
        pairs
          .filter((p) => p.from.hostId === hostId && !affected.includes(p.from.container))
          .filter((p) => p.checks.some(({ kind, result }) => kind === 'name' && result === 'pass'))
          .map((p) => p.from.container),
      )
      return {
        explains: own,
        finding: {
          cause: 'resolver-not-answering',
          title: `The name server of ${count(affected.length, 'container')} on ${host} does not answer.`,
          confidence: 85,
          hosts: [host],
          containers: affected,
          evidence: [
            `${askers(own)}: ${count(own.length, 'lookup')} got no answer, and the containers' own names are not known to it either.`,
            others.length === 0
              ? `No other container on ${host} could look up a name.`
              : `Other containers on ${host} can: ${others.slice(0, 5).join(', ')}.`,
          ],
          remedy:
            others.length === 0
              ? `The embedded name server belongs to the engine: restart Docker on ${host}, which restarts its containers.`
              : 'Restart the container: the embedded name server is set up when it starts. Check the "dns" options it was given.',
          fixes: [],
        },
      }
    })
  },
}
