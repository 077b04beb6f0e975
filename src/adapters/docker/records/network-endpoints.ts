import * as v from 'valibot'
import type { Attachment, Container } from '../../../core/model/container'
import { defined, listOf, optionalText, parseAnswer, text } from './schema'
import { withoutPrefix } from './without-prefix'

const entry = v.object({
  Id: v.string(),
  Name: text,
  Containers: v.fallback(
    v.record(
      v.string(),
      v.fallback(v.optional(v.object({ IPv4Address: optionalText, IPv6Address: optionalText })), undefined),
    ),
    {},
  ),
})

/**
 * Containers with the networks that they are on. Docker 1.9 lists containers without them and networks with their
 * running containers, addresses with the length of the prefix (Docker API 1.21, "List networks"); keys that are no
 * container's ID are other engines' endpoints.
 *
 * @param networks the answer to `GET /networks`
 */
export function withNetworks(containers: readonly Container[], networks: unknown): readonly Container[] {
  const listed = parseAnswer(listOf(entry), networks, 'GET /networks')
  return containers.map((container) => ({
    ...container,
    attachments: listed.flatMap(({ Id, Name, Containers }) => {
      if (!(container.id in Containers)) return []
      const endpoint = Containers[container.id]
      const attachment: Attachment = defined({
        networkId: Id,
        networkName: Name,
        address: endpoint?.IPv4Address && withoutPrefix(endpoint.IPv4Address),
        addressV6: endpoint?.IPv6Address && withoutPrefix(endpoint.IPv6Address),
        aliases: [],
      })
      return [attachment]
    }),
  }))
}
