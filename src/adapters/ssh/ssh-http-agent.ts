import { Agent, type ClientRequest, type ClientRequestArgs } from 'node:http'
import type { Duplex } from 'node:stream'
import type { EngineSocket, SocketUse } from './engine-socket'

/**
 * Many requests at the same time are many channels of one connection; forwarded sockets do not count as sessions
 * (sshd_config(5), MaxSessions). The bound is far above what a tree, its streams and its terminals need.
 */
const forwarded = { maxSockets: 256, maxFreeSockets: 8 } as const

/** Where each connection is a session and a process on the host, calls take turns on a few. Each stream has its own. */
const dialled = { maxSockets: 4, maxFreeSockets: 2 } as const

interface RequestOptions extends ClientRequestArgs {
  readonly use?: SocketUse
  /** Whose connection it may be, where not every request's. */
  readonly owner?: number
}

/** As they are, and not as Node declares them: `addRequest`, which http.request() calls on any agent, is not declared. */
const node = Agent.prototype as unknown as {
  addRequest: (this: Agent, request: ClientRequest, options: RequestOptions) => void
  keepSocketAlive: (this: Agent, socket: Duplex) => boolean
}

/** A Node HTTP agent whose connections are channels to an engine's socket. The socket is the caller's to close. */
export class SshHttpAgent extends Agent {
  readonly #engine: EngineSocket
  #owners = 0

  constructor(engine: EngineSocket) {
    super({ keepAlive: true, ...forwarded })
    this.#engine = engine
    engine.onScarce(() => this.#endIdle())
  }

  /** Tells streams from calls here, because only here the whole request is at hand. */
  addRequest(request: ClientRequest, options: ClientRequestArgs): void {
    const use = isStream(request) ? 'stream' : 'call'
    const owner = this.#engine.isDialled && use === 'stream' ? { owner: ++this.#owners } : {}
    node.addRequest.call(this, request, { ...options, use, ...owner })
  }

  /** Connections are shared, counted and waited for under this name: those of streams by nobody else. */
  override getName(options?: RequestOptions): string {
    const name = super.getName(options)
    return options?.owner === undefined ? name : `${name}:stream ${options.owner}`
  }

  override createConnection(
    { use }: RequestOptions,
    callback?: (error: Error | null, socket: Duplex) => void,
  ): Duplex | undefined {
    this.#engine.open(use).then(
      (socket) => {
        if (this.#engine.isDialled) Object.assign(this, dialled)
        callback?.(null, socket)
      },
      (error: unknown) => callback?.(error as Error, undefined as unknown as Duplex),
    )
    return undefined
  }

  /** False ends the connection (Node's documentation of http.Agent). */
  override keepSocketAlive(socket: Duplex): boolean {
    return this.#engine.isWorthKeeping(socket) && node.keepSocketAlive.call(this, socket)
  }

  #endIdle(): void {
    for (const socket of Object.values(this.freeSockets).flatMap((sockets) => sockets ?? []))
      if (!this.#engine.isWorthKeeping(socket)) socket.destroy()
  }
}

/** Requests that last until somebody leaves them: terminals, events, and what is followed. */
function isStream(request: ClientRequest): boolean {
  return (
    request.hasHeader('Upgrade') || /^(\/v[\d.]+)?\/events(\?|$)|[?&](follow|stream)=(1|true)(&|$)/.test(request.path)
  )
}
