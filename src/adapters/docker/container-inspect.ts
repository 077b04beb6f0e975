import type { EngineContext } from './engine-context'
import { route } from './engine-http'
import { parseContainerDetails, type InspectedContainer } from './records/container-details'

/** Reads one container whole. */
export function inspectContainer(
  { calls, http }: EngineContext,
  id: string,
  signal: AbortSignal,
): Promise<InspectedContainer> {
  return calls.run({ what: `inspect ${containerLabel(id)}`, signal }, async (scope) =>
    parseContainerDetails(await http.send({ method: 'GET', path: route`/containers/${id}/json` }, scope)),
  )
}

/** How messages name a container of which only the ID is known: as the docker CLI shortens it. */
export function containerLabel(id: string): string {
  return `the container ${/^[0-9a-f]{64}$/.test(id) ? id.slice(0, 12) : id}`
}
