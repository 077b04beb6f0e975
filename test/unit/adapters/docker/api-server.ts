import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer, type ServerOptions as TlsOptions } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { DockerConnector } from '../../../../src/adapters/docker/connector'
import type { TransportContext } from '../../../../src/adapters/docker/open-transport'
import { UnlockedTlsKeys } from '../../../../src/adapters/docker/tls-key'
import type { Target } from '../../../../src/core/model/target'
import type { EngineClient } from '../../../../src/core/ports/engine'

/** A request as it arrived. */
export interface SeenRequest {
  readonly method: string
  /** Without the query. */
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly body: string
  readonly headers: IncomingMessage['headers']
}

export type Answer = (response: ServerResponse, request: SeenRequest) => void
export type Hijack = (socket: Duplex, request: SeenRequest, head: Buffer) => void

/** Answers with JSON. */
export function json(value: unknown, status = 200): Answer {
  return (response) => response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value))
}

/** Answers as Go's http.Error does. */
export function plain(text: string, status: number): Answer {
  return (response) => response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`${text}\n`)
}

/** Never answers. */
export const silence: Answer = () => undefined

/** A frame as the engine multiplexes output. */
export function frame(kind: 0 | 1 | 2 | 3, content: string | Uint8Array): Buffer {
  const data = Buffer.from(content)
  const header = Buffer.alloc(8)
  header[0] = kind
  header.writeUInt32BE(data.length, 4)
  return Buffer.concat([header, data])
}

export const version20 = { Version: '20.10.24', ApiVersion: '1.41', MinAPIVersion: '1.12' }

/**
 * A small HTTP server on a socket of its own that answers what a test says. It keeps what it was asked, without the
 * version in the path, and answers `/version` as Docker 20.10 unless told otherwise.
 */
export class ApiServer {
  readonly requests: SeenRequest[] = []
  readonly sockets = new Set<Socket>()
  readonly #server: Server
  readonly #answers = new Map<string, Answer>()
  readonly #hijacks = new Map<string, Hijack>()
  readonly #clients: EngineClient[] = []
  #folder: string | undefined
  socketPath = ''
  port = 0

  constructor(tls?: TlsOptions) {
    this.#server = tls ? createTlsServer(tls, this.#answer) : createServer(this.#answer)
    this.#server.on('connection', (socket) => {
      this.sockets.add(socket)
      socket.on('close', () => this.sockets.delete(socket))
    })
    this.#server.on('upgrade', (request, socket, head) => void this.#upgrade(request, socket, head))
    this.on('GET /version', json(version20))
  }

  /** Listens on a Unix socket, or on a port of loopback. */
  async listen(on: 'socket' | 'port' = 'socket'): Promise<this> {
    if (on === 'socket') {
      this.#folder = mkdtempSync(join(tmpdir(), 'api-'))
      this.socketPath = join(this.#folder, 'docker.sock')
    }
    await new Promise<void>((resolve) => {
      if (on === 'socket') this.#server.listen(this.socketPath, resolve)
      else this.#server.listen(0, '127.0.0.1', resolve)
    })
    if (on === 'port') this.port = (this.#server.address() as AddressInfo).port
    return this
  }

  /** @param route method and path, for instance `GET /containers/json`; `*` at the end stands for any rest. */
  on(route: string, answer: Answer): this {
    this.#answers.set(route, answer)
    return this
  }

  onHijack(path: string, hijack: Hijack): this {
    this.#hijacks.set(path, hijack)
    return this
  }

  /** Treats requests to upgrade as any other, as many proxies do. */
  refuseUpgrades(): void {
    this.#server.removeAllListeners('upgrade')
  }

  get last(): SeenRequest {
    return this.requests.at(-1)!
  }

  find(path: string): SeenRequest | undefined {
    return this.requests.find((request) => request.path === path)
  }

  get target(): Target {
    return aTarget({ kind: 'unix', path: this.socketPath })
  }

  /** An engine that is connected to this server; closed together with it. */
  async connect(): Promise<EngineClient> {
    const client = await aConnector().connect(this.target, new AbortController().signal)
    this.#clients.push(client)
    this.requests.length = 0
    return client
  }

  /** Ends all connections, as a killed engine does. */
  cut(): void {
    for (const socket of this.sockets) socket.destroy()
  }

  async close(): Promise<void> {
    for (const client of this.#clients) client.close()
    this.cut()
    await new Promise((resolve) => this.#server.close(resolve))
    if (this.#folder !== undefined) rmSync(this.#folder, { recursive: true })
  }

  readonly #answer = (request: IncomingMessage, response: ServerResponse): void => {
    void this.#see(request).then((seen) => {
      const exact = this.#answers.get(`${seen.method} ${seen.path}`)
      const answer = exact ?? [...this.#answers].find(([route]) => matches(route, seen))?.[1]
      if (answer) answer(response, seen)
      else plain('page not found', 404)(response, seen)
    })
  }

  async #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const length = Number(request.headers['content-length'] ?? 0)
    let rest = head
    while (rest.length < length) rest = Buffer.concat([rest, (await onceData(socket)) as Buffer])
    const seen = this.#note(request, rest.subarray(0, length).toString())
    const hijack = this.#hijacks.get(seen.path)
    if (!hijack) {
      socket.end('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n')
      return
    }
    socket.write('HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n')
    hijack(socket, seen, rest.subarray(length))
  }

  async #see(request: IncomingMessage): Promise<SeenRequest> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    return this.#note(request, Buffer.concat(chunks).toString())
  }

  #note(request: IncomingMessage, body: string): SeenRequest {
    const url = new URL(request.url ?? '', 'http://docker')
    const seen: SeenRequest = {
      method: request.method ?? '',
      path: url.pathname.replace(/^\/v\d+\.\d+(?=\/)/, ''),
      query: Object.fromEntries(url.searchParams),
      body,
      headers: request.headers,
    }
    this.requests.push(seen)
    return seen
  }
}

export function aTarget(endpoint: Target['endpoint']): Target {
  return { id: 'settings:tolkewitz', name: 'tolkewitz', endpoint, source: 'settings', isDisabled: false }
}

/** A connector without SSH. */
export function aConnector(
  beforeKnock: (target: Target) => Promise<void> = () => Promise.resolve(),
  askPassphrase?: (keyFile: string) => Promise<string | undefined>,
): DockerConnector {
  const openSsh = () => Promise.reject(new Error('no SSH here'))
  return new DockerConnector({ openSsh, beforeKnock, ...(askPassphrase && { askPassphrase }) })
}

/** Nothing is looked at, nobody is asked. */
export const aTransportContext: TransportContext = {
  beforeKnock: () => Promise.resolve(),
  keys: new UnlockedTlsKeys(() => Promise.resolve(undefined)),
}

function matches(route: string, { method, path }: SeenRequest): boolean {
  return route.endsWith('*') && `${method} ${path}`.startsWith(route.slice(0, -1))
}

function onceData(socket: Duplex): Promise<unknown> {
  return new Promise((resolve) => socket.once('data', resolve))
}
