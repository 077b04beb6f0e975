import { splitNodeName } from '../../../core/dialects/classic/node-name'
import type { EngineNetwork } from '../../../core/model/network'
import { parseNetworks } from './network'

/** `GET /networks` of a classic Swarm manager: local networks carry the name of their node, overlays are the cluster's. */
export function parseClassicNetworks(answer: unknown): readonly EngineNetwork[] {
  return parseNetworks(answer).map((network) => ({ ...network, ...splitNodeName(network.name) }))
}
