import * as v from 'valibot'
import { parseAddress } from '../ip-address'

/** The bridge that every host makes for what leaves its overlay networks (moby, `daemon/cluster`). */
export const gatewayBridge = 'docker_gwbridge'

const schema = v.object({
  Containers: v.fallback(
    v.record(v.string(), v.fallback(v.object({ IPv4Address: v.string() }), { IPv4Address: '' })),
    {},
  ),
})

/**
 * The addresses on a host's gateway bridge by the containers' IDs, from `GET /networks/docker_gwbridge`: a container's own
 * inspection does not name them. Keys that are no container's are the engine's own endpoints.
 */
export function gatewayAddresses(answer: unknown): ReadonlyMap<string, string> {
  const parsed = v.safeParse(schema, answer)
  if (!parsed.success) return new Map()
  return new Map(
    Object.entries(parsed.output.Containers).flatMap(([id, { IPv4Address }]) => {
      const address = parseAddress(IPv4Address.replace(/\/\d+$/, ''))
      return address === undefined ? [] : [[id, address] as const]
    }),
  )
}
