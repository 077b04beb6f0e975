import { Agent } from 'node:http'
import type { Duplex } from 'node:stream'
import type { EngineSocket } from './engine-socket'

/**
 * Many requests at the same time are many channels of one connection; forwarded sockets do not count as sessions
 * (sshd_config(5), MaxSessions). The bound is far above what a tree, its streams and its terminals need.
 */
const maxSockets = 256

/** Kept open for the next request, so that a call costs one round trip. */
const maxFreeSockets = 8

/** A Node HTTP agent whose connections are channels to an engine's socket. The socket is the caller's to close. */
export class SshHttpAgent extends Agent {
  readonly #engine: EngineSocket

  constructor(engine: EngineSocket) {
    super({ keepAlive: true, maxSockets, maxFreeSockets })
    this.#engine = engine
  }

  override createConnection(
    _options: unknown,
    callback?: (error: Error | null, socket: Duplex) => void,
  ): Duplex | undefined {
    this.#engine.open().then(
      (socket) => callback?.(null, socket),
      (error: unknown) => callback?.(error as Error, undefined as unknown as Duplex),
    )
    return undefined
  }
}
