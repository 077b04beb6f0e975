import type { EngineSnapshot } from '../model/engine'
import type { EngineNetwork } from '../model/network'

/**
 * An engine whose key-value store does not answer lists none of the store's networks, without any error, while the
 * containers on them run on and reach each other (Docker 20.10). So what running containers say they are on stays part
 * of the snapshot, as unlisted: with what was known of it before, or by its name alone.
 *
 * Where the engine lists some of the store's networks, the store answers, and what is missing is really gone.
 *
 * @param before the same engine, as it was last read
 */
export function withUnlisted(engine: EngineSnapshot, before?: EngineSnapshot): EngineSnapshot {
  const listed = engine.networks.filter((network) => network.isUnlisted !== true)
  const unlisted = unlistedNetworks({ ...engine, networks: listed }, before?.networks ?? engine.networks)
  if (unlisted.length === 0 && listed.length === engine.networks.length) return engine
  return { ...engine, networks: [...listed, ...unlisted] }
}

function unlistedNetworks(
  { info, containers, networks }: EngineSnapshot,
  before: readonly EngineNetwork[],
): readonly EngineNetwork[] {
  if (info.clusterStore === undefined || networks.some(({ scope }) => scope === 'global')) return []
  const known = new Set(networks.map(({ id }) => id))
  // One that does not run may still name a network that was removed long ago.
  const attachments = containers
    .filter(({ state }) => state === 'running' || state === 'paused')
    .flatMap((container) => container.attachments)
    .filter(({ networkId }) => networkId !== '' && !known.has(networkId))
  const names = new Map(attachments.map(({ networkId, networkName }) => [networkId, networkName]))
  return [...names].map(([id, name]) => ({
    ...(before.find((network) => network.id === id) ?? knownByName(id, name)),
    isUnlisted: true,
  }))
}

function knownByName(id: string, name: string): EngineNetwork {
  return {
    id,
    name,
    driver: 'overlay',
    scope: 'global',
    subnets: [],
    options: {},
    labels: {},
    isInternal: false,
    isAttachable: false,
    isIngress: false,
    isEncrypted: false,
  }
}
