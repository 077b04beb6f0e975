import { enumerate } from '../../text/count'
import { clones } from '../clones'
import type { Rule } from '../evidence'

/**
 * Two machines that think they are the same node: one was cloned from the other after it had joined. The manager's entry
 * flips from one to the other, and so do gossip and names; what fails at either host follows from that.
 */
export const clonedNode: Rule = {
  id: 'cloned-node',
  diagnose({ reading, failures, nameFailures }) {
    return clones(reading ?? { hosts: [] }).map((own) => {
      const names = own.map(({ name }) => name)
      const hostIds = new Set(own.map(({ hostId }) => hostId))
      return {
        // Whether a container runs has nothing to do with it, and who refuses was reached.
        explains: failures.filter(
          ({ pair: { from, to }, check }) =>
            check.kind !== 'target' &&
            check.observation !== 'refused' &&
            (hostIds.has(from.hostId) || hostIds.has(to.hostId)),
        ),
        explainsNames: nameFailures.filter(({ name }) => hostIds.has(name.from.hostId)),
        finding: {
          cause: 'cloned-node',
          title: `${enumerate(names)} are one and the same node to the swarm.`,
          confidence: 99,
          hosts: names,
          containers: [],
          evidence: [
            `The engines of ${enumerate(names)} give the same node ID, ${own[0].swarm.nodeId ?? ''}.`,
            ...own.map(({ name, address }) => `${name} says that it is at ${address}.`),
          ],
          remedy:
            'Let the copy leave the swarm (“docker swarm leave --force”) and join it again, which gives it an identity of its own. Then restart Docker on the original: the others do not gossip with it again before. The entry of the node that the copy was before stays behind; remove it with “docker node rm”.',
          fixes: [],
        },
      }
    })
  },
}
