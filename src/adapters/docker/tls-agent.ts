import type { X509Certificate } from 'node:crypto'
import { Agent } from 'node:https'
import type { Duplex } from 'node:stream'
import { TLSSocket } from 'node:tls'
import { chainOf } from './tls-certificates'

/** What Node's `Agent` does and its types leave out: it makes a connection at once. */
type MakeConnection = (options: unknown, callback: unknown) => Duplex | undefined

/** An HTTPS agent that remembers which certificates the server showed when it was first connected to. */
export class TlsAgent extends Agent {
  #peerChain: readonly X509Certificate[] = []

  /** The server's certificate first, then those of the authorities above it; empty before the first connection. */
  get peerChain(): readonly X509Certificate[] {
    return this.#peerChain
  }

  override createConnection(
    options: unknown,
    callback?: (error: Error | null, socket: Duplex) => void,
  ): Duplex | undefined {
    const socket = (super.createConnection as MakeConnection)(options, callback)
    // Later connections resume the first one's session, which shows no chain (RFC 8446, 2.2).
    if (socket instanceof TLSSocket && this.#peerChain.length === 0)
      socket.once('secureConnect', () => (this.#peerChain = chainOf(socket.getPeerCertificate(true))))
    return socket
  }
}
