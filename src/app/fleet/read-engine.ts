import { SwarmNetworksError } from '../../core/errors'
import type { Changes } from '../../core/fleet/pending-changes'
import { replaceById } from '../../core/fleet/replace-by-id'
import type { EngineInfo, EngineSnapshot, SwarmNode } from '../../core/model/engine'
import type { EngineClient } from '../../core/ports/engine'
import { readServices } from './read-services'

/** Reads everything the tree shows of one engine; the calls run side by side. */
export async function readEngine(client: EngineClient, signal: AbortSignal): Promise<EngineSnapshot> {
  const [info, containers, networks] = await Promise.all([
    client.system.info(signal),
    client.containers.list(signal),
    client.networks.list(signal),
  ])
  const [nodes, swarmServices] = await Promise.all([
    readNodes(client, info, signal),
    readServices(client, { info }, signal),
  ])
  return { info, containers, networks, nodes, ...(swarmServices && { swarmServices }) }
}

/** Reads again only what changed, and puts it in the place of what was there. */
export async function rereadEngine(
  client: EngineClient,
  engine: EngineSnapshot,
  { changes, signal }: { readonly changes: Changes; readonly signal: AbortSignal },
): Promise<EngineSnapshot> {
  const [info, containers, networks] = await Promise.all([
    changes.hasEngineChange ? client.system.info(signal) : engine.info,
    changes.containerIds.size > 0 ? client.containers.list(signal, [...changes.containerIds]) : [],
    changes.networkIds.size > 0 ? client.networks.list(signal, [...changes.networkIds]) : [],
  ])
  const [nodes, swarmServices] = await Promise.all([
    changes.hasEngineChange ? readNodes(client, info, signal) : engine.nodes,
    changes.hasEngineChange || changes.hasServiceChange
      ? readServices(client, { info, last: engine.swarmServices }, signal)
      : engine.swarmServices,
  ])
  return {
    info,
    nodes,
    ...(swarmServices && { swarmServices }),
    containers: replaceById(engine.containers, { asked: changes.containerIds, found: containers }),
    networks: replaceById(engine.networks, { asked: changes.networkIds, found: networks }),
  }
}

/**
 * A manager without a quorum answers 500 to `/nodes`, and one that was just demoted 503: both still have containers and
 * networks worth showing, and `/info` carries the swarm's own error.
 */
async function readNodes(client: EngineClient, info: EngineInfo, signal: AbortSignal): Promise<readonly SwarmNode[]> {
  if (!info.swarm.isManager) return []
  try {
    return await client.swarm.nodes(signal)
  } catch (error) {
    if (SwarmNetworksError.is(error, 'not-a-manager', 'engine-error')) return []
    throw error
  }
}
