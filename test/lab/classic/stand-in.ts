import type { TlsOptions } from 'node:tls'
import { notFoundPage, Refusal, text, write } from './answer'
import { Cluster, type ClusterOptions } from './cluster'
import { generationOf } from './generation'
import { splice } from './hand-on'
import { cannotConnect, type ManagedEngine } from './managed-engine'
import type { ClassicVersion } from './recordings'
import type { Call, Outcome, Route } from './route'
import { containerRoutes } from './routes-containers'
import { networkRoutes } from './routes-networks'
import { systemRoutes } from './routes-system'
import { WireServer, type WireRequest } from './wire'

export interface StandInOptions extends Partial<ClusterOptions> {
  /** `host:port` of each engine. */
  readonly engines: readonly string[]
  /** Of the machine that it says it runs on. */
  readonly hostName?: string
  /** Makes it a replica of the manager at this address, to which it gives every connection but those for `/info`. */
  readonly primary?: string
  readonly tls?: TlsOptions
}

const routes: readonly Route[] = [...systemRoutes, ...containerRoutes, ...networkRoutes]

/**
 * Stands in for a classic Swarm's manager before real engines that share a store: one API over all of them, in the
 * dialect of one of the recorded generations. test/lab/classic-recordings.test.ts holds it against what real ones answered.
 */
export class StandIn implements AsyncDisposable {
  readonly cluster: Cluster
  readonly #server: WireServer
  readonly #options: StandInOptions
  #port = 0

  private constructor(version: ClassicVersion, options: StandInOptions) {
    const {
      engines,
      refreshMs = 30_000,
      failureRetries = 3,
      anyEngine = (all: readonly ManagedEngine[]) => all[0],
    } = options
    this.#options = options
    this.cluster = new Cluster(generationOf(version), { engines, refreshMs, failureRetries, anyEngine })
    this.#server = new WireServer((request) => this.#serve(request), options.tls)
  }

  /** Resolves when it has asked every engine once. */
  static async start(version: ClassicVersion, options: StandInOptions): Promise<StandIn> {
    const standIn = new StandIn(version, options)
    await standIn.cluster.start()
    standIn.#port = await standIn.#server.listen()
    return standIn
  }

  get port(): number {
    return this.#port
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.cluster.close()
    await this.#server.close()
  }

  async #serve(request: WireRequest): Promise<'answered' | 'spliced'> {
    const outcome = await this.#outcome(request)
    if (outcome === 'spliced') return outcome
    if (outcome !== 'sent') write(request.socket, outcome, request.method === 'HEAD')
    return 'answered'
  }

  async #outcome(request: WireRequest): Promise<Outcome> {
    const call = this.#callOf(request)
    const { primary } = this.#options
    if (primary !== undefined && call.path !== '/info') {
      const failure = await splice(request, primary)
      const words = `Unable to reach primary cluster manager (${failure?.message ?? ''}): ${primary}`
      return failure === undefined ? 'spliced' : text(words, 500)
    }
    for (const { method, pattern, handle } of routes) {
      const match = method === request.method ? pattern.exec(call.path) : null
      if (match === null) continue
      try {
        return await handle({ ...call, name: match[1] ?? '' })
      } catch (error) {
        if (error instanceof Refusal) return error.answer
        return text(isLost(error) ? cannotConnect(String(error)) : String(error), 500)
      }
    }
    return notFoundPage
  }

  #callOf(request: WireRequest): Call {
    const { pathname, searchParams } = new URL(request.target, 'http://manager')
    const [, prefix = '', path = ''] = /^(\/v[\d.]+)?(\/.*)$/.exec(decodeURIComponent(pathname)) ?? []
    const { hostName = 'tolkewitz', primary } = this.#options
    return {
      cluster: this.cluster,
      request,
      path,
      prefix,
      query: searchParams,
      name: '',
      hostName,
      ...(primary !== undefined && { primary }),
    }
  }
}

const isLost = (error: unknown): boolean => /ECONN|EHOST|ETIMEDOUT/.test(String((error as { code?: unknown }).code))
