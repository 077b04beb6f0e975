import type { Endpoint } from '../model/target'

/** The engine's socket where an endpoint names none. */
export const defaultSocketPath = '/var/run/docker.sock'

/**
 * Whether two endpoints lead to the same socket or port. Which keys or certificates they use makes no difference;
 * which user they log in as does.
 */
export function sameEndpoint(a: Endpoint, b: Endpoint): boolean {
  return a.kind !== 'none' && endpointKey(a) === endpointKey(b)
}

/** Equal for endpoints that lead to the same socket or port. */
export function endpointKey(endpoint: Endpoint): string {
  switch (endpoint.kind) {
    case 'unix':
      return `unix ${socketKey(endpoint.path)}`
    case 'npipe':
      // Names of Windows pipes do not distinguish case.
      return `npipe ${endpoint.path.replaceAll('\\', '/').toLowerCase()}`
    case 'none':
      return 'none'
    case 'tcp':
    case 'tls':
      return `${endpoint.kind} ${endpoint.host.toLowerCase()} ${endpoint.port}`
    case 'ssh': {
      const { user = '', host, port = 22, socketPath = defaultSocketPath } = endpoint
      return `ssh ${user} ${host.toLowerCase()} ${port} ${socketKey(socketPath)}`
    }
  }
}

/** On Linux /var/run is a link to /run (Filesystem Hierarchy Standard 3.0); elsewhere /run holds no sockets. */
function socketKey(path: string): string {
  return path.replace(/^\/var\/run\//, '/run/')
}
