import type { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import Docker from 'dockerode'
import { SwarmNetworksError } from '../../core/errors'
import { withoutRedirects } from './redirect-guard'
import { forSingleUse } from './single-use'
import type { Transport, TransportOptions } from './transport'

export interface EngineRequest {
  readonly method: 'GET' | 'POST' | 'DELETE'
  /** Made with `route`, without the version. */
  readonly path: string
  /** Objects are sent as JSON, as the API takes filters. */
  readonly query?: Readonly<Record<string, string | number | boolean | object>>
  readonly body?: object
}

/** 304: the container was started or stopped already, which is what was asked for. */
const accepted = { 200: true, 201: true, 204: true, 304: true }

/**
 * The Docker API's requests over dockerode's transport layer (`modem.dial`): Unix sockets, pipes, TLS, hijacking.
 *
 * dockerode's own methods are not used. They put names into paths without encoding, bodies into the URL as well,
 * queries of `attach` into the container's stdin, parse the logs of a container that writes JSON, and ignore the abort
 * signal in places.
 */
export class EngineHttp {
  readonly #modem: Docker['modem']

  /**
   * @param apiVersion for instance `1.41`; absent: paths without a version, which every engine understands.
   * @param connections whether a connection may carry a further request after its first.
   */
  constructor(transport: Transport, apiVersion?: string, connections: 'kept' | 'single' = 'kept') {
    const { agent } = transport.dockerOptions
    const dockerOptions = { ...transport.dockerOptions, agent: connections === 'single' ? forSingleUse(agent) : agent }
    this.#modem = withoutDockerHost(() => createDocker(dockerOptions, apiVersion)).modem
  }

  /** The parsed body; a Buffer where it is empty, `null` or no JSON. */
  send(request: EngineRequest, signal: AbortSignal): Promise<unknown> {
    return this.#dial(dialOptions(request), signal)
  }

  /** Resolves when the headers are there. */
  async stream(request: EngineRequest, signal: AbortSignal): Promise<IncomingMessage> {
    return (await this.#dial({ ...dialOptions(request), isStream: true }, signal)) as IncomingMessage
  }

  /**
   * Makes the connection a plain two-way stream (Docker API, "Hijacking").
   * @throws `unsupported` where the connection was not given over.
   */
  async hijack(request: EngineRequest, signal: AbortSignal): Promise<Duplex> {
    const options = { ...dialOptions(request), isStream: true, hijack: true }
    // Without a body docker-modem would send chunks, whose end the engine may take for input.
    const withBody = request.body ? options : { ...options, file: Buffer.alloc(0), headers: plainText() }
    const stream = (await this.#dial(withBody, signal)) as IncomingMessage | Duplex
    if (isDuplex(stream)) return stream
    stream.destroy()
    throw new SwarmNetworksError('unsupported', 'the connection could not be turned into a terminal stream', {
      remedy: 'A proxy before the engine may be in the way: connect to the engine itself.',
    })
  }

  #dial(options: Parameters<Docker['modem']['dial']>[0], abortSignal: AbortSignal): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#modem.dial({ ...options, abortSignal }, (error, result) => {
        if (error) reject(error)
        else resolve(result)
      })
    })
  }
}

/** A path whose inserted IDs and names are each one segment, whatever characters they have. */
export function route(parts: TemplateStringsArray, ...segments: readonly string[]): string {
  return String.raw({ raw: parts }, ...segments.map(encodeURIComponent))
}

function dialOptions({ method, path, query = {}, body = {} }: EngineRequest) {
  // The question mark asks docker-modem to append the query. An empty body is not sent.
  return { method, path: `${path}?`, options: { _query: query, _body: body }, statusCodes: accepted }
}

/** A new one each time: docker-modem writes into it. */
function plainText() {
  return { 'Content-Type': 'text/plain' }
}

function isDuplex(stream: IncomingMessage | Duplex): stream is Duplex {
  return stream instanceof Socket || 'write' in stream
}

function createDocker(dockerOptions: TransportOptions, apiVersion: string | undefined): Docker {
  const { socketPath, host, port, protocol } = dockerOptions
  const agent = withoutRedirects(dockerOptions.agent)
  const version = apiVersion === undefined ? undefined : `v${apiVersion}`
  // What is not given is named too: docker-modem would fill the gaps from DOCKER_HOST. The types lack `agent`.
  const options = { socketPath, host, port, protocol, agent, version, ca: undefined, cert: undefined, key: undefined }
  return new Docker(options)
}

/**
 * docker-modem's constructor reads DOCKER_HOST and the files of DOCKER_CERT_PATH whatever options it is given, and
 * throws where they are bad. They are a source of hosts on their own here and must not get in the way of the others.
 */
function withoutDockerHost<T>(build: () => T): T {
  const value = process.env['DOCKER_HOST']
  delete process.env['DOCKER_HOST']
  try {
    return build()
  } finally {
    if (value !== undefined) process.env['DOCKER_HOST'] = value
  }
}
