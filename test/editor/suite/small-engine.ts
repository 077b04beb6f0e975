import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Duplex } from 'node:stream'

/** One container, with a terminal, outside any swarm. */
const web = {
  Id: 'feed'.repeat(16),
  Names: ['/web'],
  Image: 'nginx',
  Command: 'nginx',
  Created: 1_700_000_000,
  Ports: [],
  Labels: {},
  NetworkSettings: { Networks: {} },
}

/**
 * As much of a Docker engine as a host with one container takes, on a port of loopback: what the extension does with a
 * real one is tested in the window, on the lab. It keeps what it was asked, without the version in the path.
 */
export class SmallEngine implements AsyncDisposable {
  readonly containerId = web.Id
  /** `GET /info` and the like. */
  readonly requests: string[] = []
  /** What was typed into an attached terminal. */
  typed = ''
  readonly #server = createServer((request, response) => this.#answer(request, response))
  readonly #connections = new Set<Socket>()
  readonly #attached = new Set<Duplex>()
  readonly #watching = new Set<ServerResponse>()
  #state = 'running'

  static async start(): Promise<SmallEngine> {
    const engine = new SmallEngine()
    await new Promise<void>((resolve) => engine.#server.listen(0, '127.0.0.1', resolve))
    return engine
  }

  private constructor() {
    this.#server.on('connection', (socket) => {
      this.#connections.add(socket)
      socket.on('close', () => this.#connections.delete(socket))
    })
    this.#server.on('upgrade', (request, socket) => this.#attach(request, socket))
  }

  get url(): string {
    return `tcp://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** How many terminals are attached now. */
  get attached(): number {
    return this.#attached.size
  }

  /** Changes the container and says so on the event stream, as engines do. */
  become(state: 'running' | 'exited', action: string): void {
    this.#state = state
    const event = { Type: 'container', Action: action, Actor: { ID: web.Id, Attributes: {} }, time: 1, timeNano: 1 }
    for (const response of this.#watching) response.write(`${JSON.stringify(event)}\n`)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#connections) socket.destroy()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const path = this.#note(request)
    if (path === '/events') {
      this.#watching.add(response)
      response.on('close', () => this.#watching.delete(response))
      response.writeHead(200, { 'Content-Type': 'application/json' }).flushHeaders()
      return
    }
    const body = this.#bodies()[path]
    response.writeHead(body === undefined ? 404 : 200, { 'Content-Type': 'application/json' })
    response.end(JSON.stringify(body ?? { message: `no ${path} here` }))
  }

  #bodies(): Readonly<Record<string, unknown>> {
    const isRunning = this.#state === 'running'
    return {
      '/version': { Version: '26.1.5', ApiVersion: '1.45', MinAPIVersion: '1.24' },
      '/info': { ID: 'SMALL', Name: 'small', ServerVersion: '26.1.5', Swarm: { LocalNodeState: 'inactive' } },
      '/networks': [],
      '/containers/json': [
        { ...web, State: this.#state, Status: isRunning ? 'Up 1 minute' : 'Exited (0) 1 second ago' },
      ],
      [`/containers/${web.Id}/json`]: {
        Id: web.Id,
        Name: '/web',
        Config: { Tty: true, OpenStdin: true, StdinOnce: false },
        State: { Running: isRunning, ExitCode: 0 },
      },
      [`/containers/${web.Id}/resize`]: {},
    }
  }

  #attach(request: IncomingMessage, socket: Duplex): void {
    this.#note(request)
    socket.write('HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n/ # ')
    this.#attached.add(socket)
    socket.on('data', (data: Buffer) => (this.typed += data.toString()))
    socket.on('close', () => this.#attached.delete(socket))
    socket.on('end', () => socket.end())
    socket.on('error', () => socket.destroy())
  }

  #note(request: IncomingMessage): string {
    const path = new URL(request.url ?? '', 'http://docker').pathname.replace(/^\/v\d+\.\d+(?=\/)/, '')
    this.requests.push(`${request.method ?? ''} ${path}`)
    return path
  }
}
