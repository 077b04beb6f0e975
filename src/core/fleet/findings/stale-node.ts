import type { HostRule } from './host-rule'

/**
 * A node that is down is an earlier entry of a host that has joined its swarm anew since: a swarm keeps the old entry
 * until somebody removes it. Connecting to it leads nowhere.
 */
export const staleNode: HostRule = {
  cause: 'stale-node',
  find: ({ state, nodeId, nodeState }, { snapshots }) => {
    if (state !== 'unknown' || nodeState !== 'down') return undefined
    const nodes = snapshots.flatMap(({ engine }) => engine?.nodes ?? [])
    const old = nodes.find(({ id }) => id === nodeId)
    if (old?.address === undefined) return undefined
    const { id, hostName, address } = old
    const now = nodes.find(
      (node) => node.id !== id && node.state === 'ready' && node.hostName === hostName && node.address === address,
    )
    if (now === undefined) return undefined
    return {
      cause: 'stale-node',
      title: `It is an earlier entry of ${hostName}, which has joined the swarm anew since`,
      severity: 'warning',
      evidence: [
        `The node ${id} is down.`,
        `The node ${now.id} has the same host name and the same address, ${address}, and is ready.`,
      ],
      remedy: `Remove the old entry on a manager: docker node rm ${id}`,
    }
  },
}
