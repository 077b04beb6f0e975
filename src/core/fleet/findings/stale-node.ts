import { nodeSuccessor } from '../node-successor'
import type { HostRule } from './host-rule'

/** A node that is down is an earlier entry of a host that has joined its swarm anew since. Connecting to it leads nowhere. */
export const staleNode: HostRule = {
  cause: 'stale-node',
  find: (host, { snapshots }) => {
    const nodes = snapshots.flatMap(({ engine }) => engine?.nodes ?? [])
    const succession = nodeSuccessor(host, nodes)
    if (succession === undefined) return undefined
    const { old, now } = succession
    return {
      cause: 'stale-node',
      title: `It is an earlier entry of ${old.hostName}, which has joined the swarm anew since`,
      severity: 'warning',
      evidence: [
        `The node ${old.id} is down.`,
        `The node ${now.id} has the same host name and the same address, ${old.address ?? ''}, and is ready.`,
      ],
      remedy: `Remove the old entry on a manager: docker node rm ${old.id}`,
    }
  },
}
