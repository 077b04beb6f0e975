import * as v from 'valibot'
import type { EngineNetwork } from '../../../core/model/network'
import { defined, flag, lenientListOf, listOf, optionalText, parseAnswer, text, textMap } from './schema'

const entry = v.object({
  Id: v.string(),
  Name: text,
  Driver: text,
  Scope: v.fallback(v.optional(v.picklist(['local', 'swarm', 'global'])), undefined),
  IPAM: v.fallback(v.object({ Config: lenientListOf(v.object({ Subnet: text, Gateway: optionalText })) }), {
    Config: [],
  }),
  Options: textMap,
  Labels: textMap,
  Internal: flag,
  Attachable: flag,
  Ingress: flag,
})

/** `GET /networks` of any engine from Docker 1.9 on. */
export function parseNetworks(answer: unknown): readonly EngineNetwork[] {
  return parseAnswer(listOf(entry), answer, 'GET /networks').map(toNetwork)
}

function toNetwork(record: v.InferOutput<typeof entry>): EngineNetwork {
  return {
    id: record.Id,
    name: record.Name,
    driver: record.Driver,
    scope: record.Scope ?? (record.Driver === 'overlay' ? 'global' : 'local'),
    subnets: record.IPAM.Config.filter(({ Subnet }) => Subnet !== '').map(({ Subnet, Gateway }) =>
      // Engines of a key-value store write the gateway with its prefix length.
      defined({ subnet: Subnet, gateway: Gateway?.replace(/\/\d+$/, '') }),
    ),
    options: record.Options,
    labels: record.Labels,
    isInternal: record.Internal,
    isAttachable: record.Attachable,
    isIngress: record.Ingress,
    // The overlay driver asks whether the option is there, not for its value (moby, drivers/overlay/ov_network.go).
    isEncrypted: 'encrypted' in record.Options,
  }
}
