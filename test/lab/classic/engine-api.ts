import { Agent, request, type IncomingMessage } from 'node:http'

/** A request to an engine. */
export interface EngineAsk {
  readonly method?: string
  /** With version and query. */
  readonly path: string
  readonly body?: unknown
  readonly signal?: AbortSignal
}

export interface EngineAnswer {
  readonly status: number
  readonly type: string | undefined
  readonly body: Buffer
}

/** An engine's API over plain TCP. Fails where the connection does. */
export class EngineApi {
  /** `host:port`. */
  readonly address: string
  readonly #agent = new Agent({ keepAlive: true })

  constructor(address: string) {
    this.address = address
  }

  /** The answer, whatever its status. */
  async ask(ask: EngineAsk): Promise<EngineAnswer> {
    const response = await this.open({ signal: AbortSignal.timeout(60_000), ...ask })
    const parts: Buffer[] = []
    for await (const part of response) parts.push(part as Buffer)
    return {
      status: response.statusCode ?? 0,
      type: response.headers['content-type'],
      body: Buffer.concat(parts),
    }
  }

  /** The parsed answer. @throws EngineRefusal for any status from 400 on; 304: nothing had to be done */
  async json<T>(ask: EngineAsk): Promise<T> {
    const answer = await this.ask(ask)
    if (answer.status >= 400) throw new EngineRefusal(answer)
    return (answer.body.length === 0 ? undefined : JSON.parse(answer.body.toString())) as T
  }

  /** Resolves when the headers are there. */
  open({ method = 'GET', path, body, signal }: EngineAsk): Promise<IncomingMessage> {
    const [host = '', port] = this.address.split(':')
    const content = body === undefined ? undefined : Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body))
    return new Promise((resolve, reject) => {
      const headers =
        content === undefined ? {} : { 'Content-Type': 'application/json', 'Content-Length': content.length }
      request({ host, port, method, path, headers, agent: this.#agent, ...(signal && { signal }) })
        .on('response', resolve)
        .on('error', reject)
        .end(content)
    })
  }

  close(): void {
    this.#agent.destroy()
  }
}

/** What an engine refused, in its words. */
export class EngineRefusal extends Error {
  readonly status: number
  readonly body: string

  constructor({ status, body }: EngineAnswer) {
    super(messageOf(body.toString()))
    this.status = status
    this.body = body.toString()
  }
}

function messageOf(body: string): string {
  try {
    const { message } = JSON.parse(body) as { readonly message?: unknown }
    return typeof message === 'string' ? message : body.trim()
  } catch {
    return body.trim()
  }
}
