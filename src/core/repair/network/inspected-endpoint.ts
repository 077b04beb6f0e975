import * as v from 'valibot'

const texts = v.fallback(v.array(v.string()), [])
const answer = v.object({
  Id: v.fallback(v.string(), ''),
  NetworkSettings: v.object({
    Networks: v.record(
      v.string(),
      v.looseObject({
        Aliases: texts,
        IPAMConfig: v.fallback(
          v.nullish(v.object({ IPv4Address: v.fallback(v.optional(v.string()), undefined) })),
          null,
        ),
      }),
    ),
  }),
})

/**
 * The names and the address that a container's user gave it on a network, from `GET /containers/ID/json`. What engines
 * add by themselves is left out: the short ID, which they put among the aliases up to Docker 25.
 *
 * @param network the network's name
 * @returns nothing of its own where the answer has no such network
 */
export function inspectedEndpoint(
  raw: unknown,
  network: string,
): { readonly aliases: readonly string[]; readonly address?: string } {
  const parsed = v.safeParse(answer, raw)
  const endpoint = parsed.success ? parsed.output.NetworkSettings.Networks[network] : undefined
  if (!parsed.success || endpoint === undefined) return { aliases: [] }
  const shortId = parsed.output.Id.slice(0, 12)
  const address = endpoint.IPAMConfig?.IPv4Address
  return {
    aliases: endpoint.Aliases.filter((alias) => alias !== shortId),
    ...(address !== undefined && address !== '' && { address }),
  }
}
