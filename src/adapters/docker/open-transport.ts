import { Agent as HttpAgent } from 'node:http'
import type { Endpoint } from '../../core/model/target'
import { LocalSocketAgent } from './local-socket-agent'
import { TlsAgent } from './tls-agent'
import { openTlsContext } from './tls-context'
import type { UnlockedTlsKeys } from './tls-key'
import type { Transport, TransportOptions } from './transport'

/** The endpoints that this adapter reaches by itself. */
export type DirectEndpoint = Exclude<Endpoint, { readonly kind: 'ssh' | 'none' }>

export interface TransportContext {
  /** Runs before each connection to a socket of this machine; throws where it must not be made. */
  readonly beforeKnock: (signal: AbortSignal) => Promise<void>
  readonly keys: UnlockedTlsKeys
}

/**
 * Connections are kept and used again. TCP's own probes (after 10 s of silence, then ten in 10 s) find a host that
 * vanished without a word: an event stream may be silent for days otherwise.
 */
const agentOptions = { keepAlive: true, keepAliveMsecs: 10_000 }

/**
 * Prepares the way to an engine; the first request connects.
 * @throws `invalid-input` where the TLS files cannot be used, `unauthorized` where the client key stays locked.
 */
export async function openTransport(
  endpoint: DirectEndpoint,
  { beforeKnock, keys }: TransportContext,
  signal: AbortSignal,
): Promise<Transport> {
  switch (endpoint.kind) {
    case 'unix': {
      const agent = new LocalSocketAgent(agentOptions, beforeKnock)
      return transport({ socketPath: endpoint.path, protocol: 'http', agent })
    }
    case 'npipe':
      return transport({ socketPath: endpoint.path, protocol: 'http', agent: new HttpAgent(agentOptions) })
    case 'tcp': {
      const { host, port } = endpoint
      return transport({ host, port, protocol: 'http', agent: new HttpAgent(agentOptions) })
    }
    case 'tls': {
      const { host, port, files } = endpoint
      const context = await openTlsContext(files, keys, signal)
      const agent = new TlsAgent({ ...agentOptions, ...context.options })
      const certificates = () => context.certificatesWith(agent.peerChain)
      return { ...transport({ host, port, protocol: 'https', agent }), certificates }
    }
  }
}

function transport(dockerOptions: TransportOptions): Transport {
  return { dockerOptions, close: () => dockerOptions.agent.destroy() }
}
