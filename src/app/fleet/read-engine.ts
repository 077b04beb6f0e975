import { SwarmNetworksError } from '../../core/errors'
import type { Changes } from '../../core/fleet/pending-changes'
import { replaceById } from '../../core/fleet/replace-by-id'
import { withUnlisted } from '../../core/fleet/unlisted-networks'
import type { EngineInfo, EngineSnapshot, SwarmNode } from '../../core/model/engine'
import type { EngineNetwork } from '../../core/model/network'
import type { EngineClient } from '../../core/ports/engine'
import { readServices } from './read-services'

/**
 * Reads everything the tree shows of one engine; the calls run side by side.
 *
 * @param last what was read before, where it was
 */
export async function readEngine(
  client: EngineClient,
  signal: AbortSignal,
  last?: EngineSnapshot,
): Promise<EngineSnapshot> {
  const [info, containers, networks] = await Promise.all([
    client.system.info(signal),
    client.containers.list(signal),
    client.networks.list(signal),
  ])
  const [nodes, swarmServices] = await Promise.all([
    readNodes(client, info, signal),
    readServices(client, { info, last: last?.swarmServices }, signal),
  ])
  const engine = { info, containers, networks, nodes, ...(swarmServices && { swarmServices }) }
  return withUnlisted(engine, last)
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
    rereadNetworks(client, engine, { changes, signal }),
  ])
  const [nodes, swarmServices] = await Promise.all([
    changes.hasEngineChange ? readNodes(client, info, signal) : engine.nodes,
    changes.hasEngineChange || changes.hasServiceChange
      ? readServices(client, { info, last: engine.swarmServices }, signal)
      : engine.swarmServices,
  ])
  const newer: EngineSnapshot = {
    info,
    nodes,
    ...(swarmServices && { swarmServices }),
    containers: replaceById(engine.containers, { asked: changes.containerIds, found: containers }),
    networks,
  }
  return withUnlisted(newer, engine)
}

/**
 * What a key-value store holds, and whether it answers at all, changes without an event. So an engine that has one lists
 * all its networks again whenever something about containers or networks has to be read anyway: one call either way.
 */
async function rereadNetworks(
  client: EngineClient,
  { info, networks }: EngineSnapshot,
  { changes: { networkIds, containerIds }, signal }: { readonly changes: Changes; readonly signal: AbortSignal },
): Promise<readonly EngineNetwork[]> {
  if (info.clusterStore !== undefined && networkIds.size + containerIds.size > 0) return client.networks.list(signal)
  if (networkIds.size === 0) return networks
  return replaceById(networks, { asked: networkIds, found: await client.networks.list(signal, [...networkIds]) })
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
