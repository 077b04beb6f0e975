import type { EngineSnapshot } from '../model/engine'

/**
 * Whether two snapshots come from one engine. IDs alone prove nothing, because cloned machines share engine IDs and node
 * IDs; host name and address have to agree as well, and outside a swarm the containers. Two engines without any container, and otherwise alike,
 * count as one: there is nothing on either that a mistake could touch.
 */
export function isSameEngine(a: EngineSnapshot, b: EngineSnapshot): boolean {
  if (a.info.engineId !== b.info.engineId || a.info.hostName !== b.info.hostName) return false
  if (a.info.swarm.nodeId !== b.info.swarm.nodeId || a.info.swarm.nodeAddress !== b.info.swarm.nodeAddress) return false
  // A swarm's own word on the address is independent of the ID; containers would only make the two part for the moment in
  // which one of them has already heard of the first container.
  if (a.info.swarm.nodeAddress !== undefined) return true
  if (a.containers.length === 0 && b.containers.length === 0) return true
  // One of the two may be a moment behind: one shared container is enough, since container IDs are random.
  const ids = new Set(a.containers.map((container) => container.id))
  return b.containers.some((container) => ids.has(container.id))
}
