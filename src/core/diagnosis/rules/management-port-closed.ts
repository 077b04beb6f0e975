import { isGossipWhole } from '../../host-checks/gossip'
import { dialsInWords, dropsInWords } from '../dials-in-words'
import type { Rule } from '../evidence'
import { nodeInWords, nodeOf, openPortsFix } from '../host-failures'

/**
 * The manager has lost a node whose engine answers and whose gossip is whole: only the way to the managers (2377/tcp) is
 * closed. Containers go on; the node itself says that all is well (Docker 20.10).
 */
export const managementPortClosed: Rule = {
  id: 'management-port-closed',
  diagnose({ reading, failures }) {
    return (reading?.hosts ?? []).flatMap((host) => {
      const node = reading && nodeOf(reading, host)
      if (!reading || node?.state !== 'down') return []
      const manager = reading.hosts.find(({ hostId }) => hostId === reading.manager?.hostId)
      if (!manager || isGossipWhole(reading, new Set([host.hostId, manager.hostId])) !== true) return []
      const unstarted = new Set(
        reading.containers
          .filter(({ peer, exit }) => peer.hostId === host.hostId && /attach/i.test(exit?.error ?? ''))
          .map(({ peer }) => peer.containerId),
      )
      return [
        {
          explains: failures.filter(
            ({ pair, check }) => check.observation === 'not-running' && unstarted.has(pair.to.containerId),
          ),
          finding: {
            cause: 'management-port-closed',
            title: `${host.name} does not reach its managers: 2377/tcp is closed.`,
            confidence: 90,
            hosts: [host.name],
            containers: [],
            evidence: [
              nodeInWords(reading, host.name, node),
              `The engine of ${host.name} answers us, and says that its swarm is ${host.swarm.state}.`,
              `${host.name} and ${manager.name} list each other as peers, so 7946 is open.`,
              ...dialsInWords(reading, manager, 2377),
              ...dropsInWords(reading, 'tcp', 2377),
            ],
            remedy: `Open 2377/tcp from ${host.name} to the managers. Until then containers that run go on, and none can be started or attached there.`,
            fixes: [openPortsFix([host, manager])],
            alternatives: ['The engine there has just been started again: then the next test finds the node ready.'],
          },
        },
      ]
    })
  },
}
