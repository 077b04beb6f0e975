import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import type { Endpoint } from '../../core/model/target'
import { readTlsFiles } from './tls-files'
import type { Transport, TransportOptions } from './transport'

/** The endpoints that this adapter reaches by itself. */
export type DirectEndpoint = Exclude<Endpoint, { readonly kind: 'ssh' }>

/**
 * Connections are kept and used again. TCP's own probes (after 10 s of silence, then ten in 10 s) find a host that
 * vanished without a word: an event stream may be silent for days otherwise.
 */
const agentOptions = { keepAlive: true, keepAliveMsecs: 10_000 }

/**
 * Prepares the way to an engine; the first request connects.
 * @throws `invalid-input` where the TLS files cannot be used.
 */
export async function openTransport(endpoint: DirectEndpoint, signal: AbortSignal): Promise<Transport> {
  switch (endpoint.kind) {
    case 'unix':
    case 'npipe':
      return transport({ socketPath: endpoint.path, protocol: 'http', agent: new HttpAgent(agentOptions) })
    case 'tcp': {
      const { host, port } = endpoint
      return transport({ host, port, protocol: 'http', agent: new HttpAgent(agentOptions) })
    }
    case 'tls': {
      const { host, port, files } = endpoint
      const rejectUnauthorized = files.skipVerify !== true
      const material = await readTlsFiles(files, signal)
      const agent = new HttpsAgent({ ...agentOptions, ...material, rejectUnauthorized })
      return transport({ host, port, protocol: 'https', agent })
    }
  }
}

function transport(dockerOptions: TransportOptions): Transport {
  return { dockerOptions, close: () => dockerOptions.agent.destroy() }
}
