import type { Endpoint, Target } from '../model/target'
import { sameEndpoint } from './same-endpoint'

/**
 * Leaves one target for each endpoint, and for each id: the first one. Callers list the sources in order of precedence
 * (settings, environment, contexts, docker-machine, local socket), so a host that is disabled in the settings stays
 * disabled although a context names it too. What a later entry for the same endpoint knows besides is kept: its further
 * ways in, its own TLS files, and docker-machine's record.
 */
export function dedupeTargets(targets: readonly Target[]): readonly Target[] {
  const left: Target[] = []
  for (const target of targets) {
    const index = left.findIndex(({ endpoint }) => sameEndpoint(endpoint, target.endpoint))
    const first = left[index]
    if (first !== undefined) left[index] = withMore(first, target)
    else if (!left.some(({ id }) => id === target.id)) left.push(target)
  }
  return left
}

function withMore(first: Target, later: Target): Target {
  const ways: readonly Endpoint[] = [first.endpoint, ...(first.otherEndpoints ?? [])]
  const more = [later.endpoint, ...(later.otherEndpoints ?? [])].filter(
    (way) => !ways.some((known) => isEqual(known, way)),
  )
  const machine = first.machine ?? later.machine
  if (more.length === 0 && machine === first.machine) return first
  const otherEndpoints = [...ways.slice(1), ...more]
  return { ...first, ...(otherEndpoints.length > 0 && { otherEndpoints }), ...(machine && { machine }) }
}

/** The same place; with TLS also the same files, one set of which may have expired. */
function isEqual(a: Endpoint, b: Endpoint): boolean {
  if (!sameEndpoint(a, b)) return false
  return a.kind !== 'tls' || b.kind !== 'tls' || filesOf(a) === filesOf(b)
}

function filesOf({ files: { ca, cert, key } }: Extract<Endpoint, { readonly kind: 'tls' }>): string {
  return JSON.stringify([ca, cert, key])
}
