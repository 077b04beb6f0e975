import { Agent, type AgentOptions } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { SwarmNetworksError } from '../../core/errors'
import { LookBeforeKnock } from '../look-before-knock'

/** What Node's `Agent` does and its types leave out: it makes a connection at once. */
type MakeConnection = (options: unknown) => Socket

/**
 * An HTTP agent for a socket of this machine that looks before each new connection, not only before the first: while an
 * engine is stopped, its event stream may outlive the last other connection.
 */
export class LocalSocketAgent extends Agent {
  readonly #service: LookBeforeKnock
  readonly #end = new AbortController()

  /** @param look throws where a connection would start an engine that somebody stopped; ends with the agent */
  constructor(options: AgentOptions, look: (signal: AbortSignal) => Promise<void>) {
    super(options)
    this.#service = new LookBeforeKnock(() => look(this.#end.signal))
  }

  override createConnection(
    options: unknown,
    callback?: (error: Error | null, socket: Duplex) => void,
  ): Duplex | undefined {
    this.#connect(options).then(
      (socket) => callback?.(null, socket),
      (error: unknown) => callback?.(error as Error, undefined as unknown as Duplex),
    )
    return undefined
  }

  override destroy(): void {
    this.#end.abort()
    super.destroy()
  }

  async #connect(options: unknown): Promise<Socket> {
    await this.#service.ensureAwake()
    if (this.#end.signal.aborted) throw new SwarmNetworksError('cancelled', 'The connection was closed')
    const socket = (super.createConnection as MakeConnection)(options)
    const forget = () => this.#service.forget()
    socket.once('end', forget)
    socket.once('close', forget)
    return socket
  }
}
