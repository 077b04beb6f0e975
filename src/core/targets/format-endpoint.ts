import type { Endpoint } from '../model/target'

/**
 * The URL of an endpoint, as the user sees it ("via …"). `parseHostUrl` gives the endpoint back, except for the files
 * (keys, certificates), which no URL names. A TLS endpoint is written `https://`, to be told from a plain one. Empty
 * where there is no way in.
 */
export function formatEndpoint(endpoint: Endpoint): string {
  switch (endpoint.kind) {
    case 'unix':
      return `unix://${endpoint.path}`
    case 'npipe':
      return `npipe://${endpoint.path}`
    case 'tcp':
      return `tcp://${formatHost(endpoint.host)}:${endpoint.port}`
    case 'tls':
      return `https://${formatHost(endpoint.host)}:${endpoint.port}`
    case 'none':
      return ''
    case 'ssh': {
      const user = endpoint.user === undefined ? '' : `${encodeURIComponent(endpoint.user)}@`
      const port = endpoint.port === undefined ? '' : `:${endpoint.port}`
      const path = (endpoint.socketPath ?? '').split('/').map(encodeURIComponent).join('/')
      return `ssh://${user}${formatHost(endpoint.host)}${port}${path}`
    }
  }
}

/** IPv6 addresses go in brackets, their zone after `%25` (RFC 3986, RFC 6874). */
function formatHost(host: string): string {
  return host.includes(':') ? `[${host.replace('%', '%25')}]` : host
}
