import type { SwarmNode } from '../model/engine'
import type { Host } from '../model/host'

/**
 * The entry that a machine has in its swarm now, where this host is an earlier one of it that is down: a swarm keeps that
 * until somebody removes it.
 */
export function nodeSuccessor(
  { state, nodeId, nodeState }: Pick<Host, 'state' | 'nodeId' | 'nodeState'>,
  nodes: readonly SwarmNode[],
): { readonly old: SwarmNode; readonly now: SwarmNode } | undefined {
  if (state !== 'unknown' || nodeState !== 'down') return undefined
  const old = nodes.find(({ id }) => id === nodeId)
  if (old?.address === undefined) return undefined
  const { id, hostName, address } = old
  const now = nodes.find(
    (node) => node.id !== id && node.state === 'ready' && node.hostName === hostName && node.address === address,
  )
  return now && { old, now }
}
