import type { Target } from '../model/target'
import { endpointKey } from './same-endpoint'

/**
 * Leaves one target for each endpoint, and for each id: the first one. Callers list the sources in order of precedence
 * (settings, environment, contexts, local socket), so a host that is disabled in the settings stays disabled although a
 * context names it too.
 */
export function dedupeTargets(targets: readonly Target[]): readonly Target[] {
  const seen = new Set<string>()
  return targets.filter(({ id, endpoint }) => {
    const keys = [`id ${id}`, `endpoint ${endpointKey(endpoint)}`]
    if (keys.some((key) => seen.has(key))) return false
    for (const key of keys) seen.add(key)
    return true
  })
}
