import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { EngineHttp, type EngineRequest } from './engine-http'
import { isVersionRefusal } from './engine-refusal'
import { engineWords, isHttpError } from './http-error'
import { readVersions, type EngineVersions } from './read-versions'
import type { Transport } from './transport'

/** The requests that an engine takes. */
export type EngineRequests = Pick<EngineHttp, 'send' | 'stream' | 'hijack'>

/**
 * Speaks to an engine in the version that both agreed on, and agrees on it anew where the engine refuses it: somebody may
 * exchange the engine behind a connection that stays, for instance behind a proxy, a forwarded port or SSH. The refusal
 * comes before the engine does anything, so that asking again does nothing twice.
 */
export class NegotiatedHttp implements EngineRequests {
  readonly #transport: Transport
  #versions: EngineVersions
  #http: EngineHttp

  constructor(transport: Transport, versions: EngineVersions) {
    this.#transport = transport
    this.#versions = versions
    this.#http = new EngineHttp(transport, versions.apiVersion)
  }

  get versions(): EngineVersions {
    return this.#versions
  }

  send(request: EngineRequest, signal: AbortSignal): Promise<unknown> {
    return this.#ask((http) => http.send(request, signal), signal)
  }

  stream(request: EngineRequest, signal: AbortSignal): Promise<IncomingMessage> {
    return this.#ask((http) => http.stream(request, signal), signal)
  }

  hijack(request: EngineRequest, signal: AbortSignal): Promise<Duplex> {
    return this.#ask((http) => http.hijack(request, signal), signal)
  }

  async #ask<T>(request: (http: EngineHttp) => Promise<T>, signal: AbortSignal): Promise<T> {
    const http = this.#http
    try {
      return await request(http)
    } catch (error) {
      if (!isHttpError(error) || !isVersionRefusal(error.statusCode, engineWords(error))) throw error
      // Another call may have agreed on a version meanwhile.
      if (http === this.#http && !(await this.#agreeAnew(signal))) throw error
      return await request(this.#http)
    }
  }

  /** Whether it led to another version than the one that was refused. */
  async #agreeAnew(signal: AbortSignal): Promise<boolean> {
    const before = this.#versions.apiVersion
    const versions = await readVersions(this.#transport, signal)
    if (versions.apiVersion === before) return false
    this.#versions = versions
    this.#http = new EngineHttp(this.#transport, versions.apiVersion)
    return true
  }
}
