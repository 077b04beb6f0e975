import { groupBy } from '../../collections/group-by'
import { enumerate } from '../../text/count'
import type { Rule } from '../evidence'
import { failuresOfAbsent, isUnallocated, unstarted } from '../unstarted'
import { containerNames, place } from '../wording'
import { nodeOf } from '../host-failures'

/** A container could not be attached because its node takes nothing new: it is drained or paused. Those that run go on. */
export const nodeDrained: Rule = {
  id: 'node-drained',
  diagnose(evidence) {
    const { reading, failures } = evidence
    if (reading === undefined) return []
    const absent = unstarted(evidence).filter(({ error }) => isUnallocated(error))
    return [...groupBy(absent, ({ peer }) => peer.hostId).values()].flatMap((own) => {
      const host = reading.hosts.find(({ hostId }) => hostId === own[0].peer.hostId)
      const node = host && nodeOf(reading, host)
      if (host === undefined || node === undefined || node.availability === 'active') return []
      const pending = reading.manager?.attachments.filter(
        ({ nodeId, error }) => nodeId === node.id && error !== undefined,
      )
      return [
        {
          explains: failuresOfAbsent(failures, own),
          finding: {
            cause: 'node-drained',
            title: `${host.name} takes no new containers of the swarm: its availability is “${node.availability}”.`,
            confidence: 95,
            hosts: [host.name],
            containers: containerNames(own.map(({ peer }) => peer)),
            evidence: [
              `${reading.manager?.name ?? 'The manager'} gives the node ${host.name} the availability “${node.availability}”.`,
              ...own.map(({ peer, error }) => `${place(peer)} was not started: “${error}”`),
              ...(pending ?? []).slice(0, 3).map(({ error = '' }) => `A container’s place there waits: “${error}”`),
            ],
            remedy: `Set the availability of ${host.name} to active (“docker node update --availability active”), then start the container.`,
            fixes: [
              {
                id: 'activate-node',
                title: `Set ${host.name} to active, and start ${enumerate(containerNames(own.map(({ peer }) => peer)))}`,
                containerIds: own.map(({ peer }) => peer.containerId),
                hostIds: [host.hostId],
              },
            ],
          },
        },
      ]
    })
  },
}
