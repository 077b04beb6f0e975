import { createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer, type TlsOptions } from 'node:tls'

/** A request as it came, and the connection that it came on. */
export interface WireRequest {
  readonly method: string
  /** As it was asked for, with version and query. */
  readonly target: string
  readonly headers: ReadonlyMap<string, string>
  readonly body: Buffer
  /** Head and body, byte by byte, for whoever hands it on. */
  readonly raw: Buffer
  readonly socket: Socket
}

/** Answers a request; `spliced` where the connection was given away and carries no further request of ours. */
export type WireHandler = (request: WireRequest) => Promise<'answered' | 'spliced'>

/**
 * A server of HTTP/1.1 that can give a connection away in the middle, as Go's http.Hijacker does for any request. Node's
 * own server does that only for requests to upgrade, and what a classic Swarm's manager does with the others is what has
 * to be shown.
 */
export class WireServer {
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  readonly #handler: WireHandler

  constructor(handler: WireHandler, tls?: TlsOptions) {
    this.#handler = handler
    const accept = (socket: Socket): void => void this.#serve(socket)
    this.#server = tls === undefined ? createServer(accept) : createTlsServer(tls, accept)
  }

  /** @returns the port */
  listen(port = 0, host = '127.0.0.1'): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject).listen(port, host, () => {
        const address = this.#server.address()
        resolve(typeof address === 'object' && address !== null ? address.port : 0)
      })
    })
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  async #serve(socket: Socket): Promise<void> {
    this.#sockets.add(socket)
    socket.on('close', () => this.#sockets.delete(socket)).on('error', () => socket.destroy())
    const reader = new Reader(socket)
    for (;;) {
      const request = await reader.next()
      if (request === undefined) return
      if (request === 'broken') {
        socket.end('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n')
        return
      }
      // What comes behind this request belongs to whoever the connection is given to.
      const rest = reader.pause()
      if (rest.length > 0) socket.unshift(rest)
      if ((await this.#handler(request)) === 'spliced') return
      if (request.headers.get('connection')?.toLowerCase() === 'close') {
        socket.end()
        return
      }
      reader.resume()
    }
  }
}

/** Takes requests off a connection, one at a time. */
class Reader {
  readonly #socket: Socket
  #bytes = Buffer.alloc(0)
  #hasEnded = false
  #wake: () => void = () => undefined

  constructor(socket: Socket) {
    this.#socket = socket
    socket.on('end', this.#end).on('close', this.#end)
    this.resume()
  }

  resume(): void {
    this.#socket.on('data', this.#take).resume()
  }

  /** Stops reading, and gives what was read too much. */
  pause(): Buffer {
    this.#socket.off('data', this.#take).pause()
    const rest = this.#bytes
    this.#bytes = Buffer.alloc(0)
    return rest
  }

  /** The next request; undefined when the client has closed. */
  async next(): Promise<WireRequest | 'broken' | undefined> {
    for (;;) {
      const parsed = parseRequest(this.#bytes)
      if (parsed === 'broken') return parsed
      if (parsed !== undefined) {
        const { length, ...request } = parsed
        const raw = this.#bytes.subarray(0, length)
        this.#bytes = this.#bytes.subarray(length)
        return { ...request, raw, socket: this.#socket }
      }
      if (this.#hasEnded) return undefined
      await new Promise<void>((resolve) => (this.#wake = resolve))
    }
  }

  readonly #take = (data: Buffer): void => {
    this.#bytes = Buffer.concat([this.#bytes, data])
    this.#wake()
  }

  readonly #end = (): void => {
    this.#hasEnded = true
    this.#wake()
  }
}

type Parsed = Omit<WireRequest, 'raw' | 'socket'> & { readonly length: number }

/** One request at the start of `bytes`; undefined while it is not all there. */
export function parseRequest(bytes: Buffer): Parsed | 'broken' | undefined {
  const end = bytes.indexOf('\r\n\r\n')
  if (end < 0) return undefined
  const [first = '', ...lines] = bytes.toString('latin1', 0, end).split('\r\n')
  const [method = '', target = '', protocol = ''] = first.split(' ')
  if (!protocol.startsWith('HTTP/1.')) return 'broken'
  const headers = new Map(
    lines.map((line) => {
      const colon = line.indexOf(':')
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const
    }),
  )
  const start = end + 4
  const isChunked = headers.get('transfer-encoding')?.toLowerCase() === 'chunked'
  const body = isChunked ? chunks(bytes, start) : fixed(bytes, start, Number(headers.get('content-length') ?? 0))
  return body && { method, target, headers, ...body }
}

function fixed(bytes: Buffer, start: number, size: number) {
  const length = start + size
  return bytes.length < length ? undefined : { body: bytes.subarray(start, length), length }
}

function chunks(bytes: Buffer, start: number) {
  const parts: Buffer[] = []
  for (let at = start; ;) {
    const lineEnd = bytes.indexOf('\r\n', at)
    if (lineEnd < 0) return undefined
    const size = Number.parseInt(bytes.toString('latin1', at, lineEnd), 16)
    const next = lineEnd + 2 + size + 2
    if (bytes.length < next) return undefined
    if (size === 0) return { body: Buffer.concat(parts), length: next }
    parts.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + size))
    at = next
  }
}
