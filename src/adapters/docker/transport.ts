import type { Agent } from 'node:http'
import type { SeenCertificate } from '../../core/model/certificate'
import type { Disposable } from '../../core/ports/environment'
import type { SwarmNetworksError } from '../../core/errors'

/** What dockerode needs in order to speak to one engine over a transport. Everything else is the agent's business. */
export interface TransportOptions {
  /** A Unix socket or a named pipe. Absent where `agent` makes the connections by itself. */
  readonly socketPath?: string
  /** The `Host` header, and where the agent connects to; any name will do where `agent` makes its own connections. */
  readonly host?: string
  readonly port?: number
  readonly protocol: 'http' | 'https'
  /**
   * Makes and keeps the connections: `https.Agent` with the TLS material, or one whose sockets are SSH channels.
   * A connection that fails with a `SwarmNetworksError` fails the call with that very error.
   */
  readonly agent: Agent
}

/** An open way to one engine's API. Whoever opened it closes it; an engine client closes the one it was given. */
export interface Transport {
  readonly dockerOptions: TransportOptions
  /** Ends every connection. Closing twice does nothing. */
  close(): void
  /** Calls `listener` once when the way is lost for good by itself, with the reason; never because of `close()`. */
  onClosed?(listener: (reason: SwarmNetworksError) => void): Disposable
  /** Over TLS, once something was answered: the certificates that it depends on. */
  certificates?(): readonly SeenCertificate[]
}
