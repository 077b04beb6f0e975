import type { EngineNetwork } from '../model/network'

/** The networks that every engine makes for itself (moby, `runconfig.IsPreDefinedNetwork`), and those of swarm mode. */
const localNames = new Set(['bridge', 'host', 'none', 'docker_gwbridge'])

/** Whether the engine made a network for itself: nobody removes it, and containers do not find each other by name on it. */
export function isPredefined({ name, scope, isIngress }: Pick<EngineNetwork, 'name' | 'scope' | 'isIngress'>): boolean {
  return isIngress || (scope === 'local' && localNames.has(name))
}

/** Names that no new network can have: the engine's own, and what it reads as a network mode. */
export function isReservedName(name: string): boolean {
  return localNames.has(name) || ['default', 'ingress', 'container'].includes(name)
}
