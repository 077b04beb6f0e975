import * as v from 'valibot'

const answer = v.object({
  Containers: v.fallback(v.nullish(v.record(v.string(), v.looseObject({ Name: v.fallback(v.string(), '') }))), {}),
})

/**
 * Endpoints of a network that no container of the engine has any more, by the name that the container had
 * (`GET /networks/ID` on one engine). The load balancer's endpoint of each host is the engine's own.
 *
 * @param containerIds all containers of that engine
 */
export function leftEndpoints(raw: unknown, containerIds: readonly string[]): readonly string[] {
  const parsed = v.safeParse(answer, raw)
  const entries = Object.entries((parsed.success ? parsed.output.Containers : undefined) ?? {})
  return entries
    .filter(([id, { Name }]) => Name !== '' && !id.startsWith('lb-') && !containerIds.includes(id))
    .map(([, { Name }]) => Name)
}
