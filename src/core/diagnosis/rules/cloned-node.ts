import { groupBy } from '../../collections/group-by'
import { enumerate } from '../../text/count'
import type { Rule } from '../evidence'
import { failuresAcross } from '../host-failures'

/** Two machines that think they are the same node: one was cloned from the other after it had joined. */
export const clonedNode: Rule = {
  id: 'cloned-node',
  diagnose({ reading, failures }) {
    const members = (reading?.hosts ?? []).filter(({ swarm }) => swarm.nodeId !== undefined)
    const clones = [...groupBy(members, ({ swarm }) => swarm.nodeId).values()].filter((own) => own.length > 1)
    return clones.map((own) => {
      const names = own.map(({ name }) => name)
      return {
        explains: failuresAcross(failures, new Set(own.map(({ hostId }) => hostId))),
        finding: {
          cause: 'cloned-node',
          title: `${enumerate(names)} are one and the same node to the swarm.`,
          confidence: 99,
          hosts: names,
          containers: [],
          evidence: [
            `The engines of ${enumerate(names)} give the same node ID, ${own[0].swarm.nodeId ?? ''}.`,
            ...own.map(({ name, address }) => `${name} is at ${address}.`),
          ],
          remedy:
            'Let the clone leave the swarm (“docker swarm leave”), remove /etc/docker/key.json there, restart Docker, and join it again.',
          fixes: [],
        },
      }
    })
  },
}
