import type { HostFacts } from '../examine/host/host-facts'
import type { Target } from '../model/target'

/** What may stand in a certificate: no comma and no blank, which would begin something else. */
const harmless = /^[\w.*:-]+$/

/**
 * The names a server certificate has to hold for, as OpenSSL writes them: the addresses by which the host is reached, what
 * the old certificate held for, the host’s own name, and the loopback.
 */
export function serverNames(
  facts: Pick<HostFacts, 'host' | 'tls'>,
  target: Pick<Target, 'endpoint' | 'otherEndpoints'> | undefined,
): readonly string[] {
  const ways = target === undefined ? [] : [target.endpoint, ...(target.otherEndpoints ?? [])]
  const reached = ways.flatMap((way) => ('host' in way ? [way.host] : []))
  const old = facts.tls.certificates
    .filter(({ role }) => role === 'server')
    .flatMap(({ names }) => names.map((name) => name.replace(/^(?:DNS|IP Address):/, '')))
  const all = [...reached, ...old, facts.host, 'localhost', '127.0.0.1'].filter((name) => harmless.test(name))
  return [...new Set(all)].map((name) => (isAddress(name) ? `IP:${name}` : `DNS:${name}`))
}

function isAddress(name: string): boolean {
  return /^\d+(?:\.\d+){3}$/.test(name) || name.includes(':')
}
