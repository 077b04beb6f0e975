import * as v from 'valibot'

const answer = v.object({
  HostConfig: v.object({ RestartPolicy: v.object({ Name: v.fallback(v.string(), '') }) }),
})

/** A container's restart policy, from `GET /containers/ID/json`: `no`, `always`, `unless-stopped` or `on-failure`. */
export function restartPolicyOf(raw: unknown): string {
  const parsed = v.safeParse(answer, raw)
  const name = parsed.success ? parsed.output.HostConfig.RestartPolicy.Name : ''
  return name === '' ? 'no' : name
}
