import type { Agent, ClientRequest } from 'node:http'
import { isIP, type Socket } from 'node:net'
import type { ConnectionStep } from '../../core/connection-step'
import type { ErrorChanges, SwarmNetworksError } from '../../core/errors'
import type { Endpoint } from '../../core/model/target'

interface AddRequest {
  addRequest: (request: ClientRequest, options: unknown) => void
}

/** How far one try to connect got; so that its error can name the step. */
export class ConnectionProgress {
  readonly #endpoint: Endpoint
  #step: ConnectionStep

  constructor(endpoint: Endpoint) {
    this.#endpoint = endpoint
    this.#step = firstStep(endpoint)
  }

  /**
   * The agent, watched: what its sockets get done moves the progress on.
   *
   * `addRequest` is what http.request() calls on any agent (Node's http.Agent, and the agent-base package).
   */
  over(agent: Agent): Agent {
    const target = agent as Agent & AddRequest
    const addRequest: AddRequest['addRequest'] = (request, options) => {
      request.once('socket', (socket) => this.#follow(socket))
      target.addRequest(request, options)
    }
    return new Proxy(target, {
      get: (_, key) => (key === 'addRequest' ? addRequest : (Reflect.get(target, key, target) as unknown)),
    })
  }

  /** The error with the step in it, unless it names one. Some refusals come later than what they are about. */
  located(error: SwarmNetworksError): SwarmNetworksError {
    if (error.step !== undefined || error.code === 'cancelled') return error
    if (error.code === 'unauthorized' && this.#step !== 'files') return error.changed({ step: 'authentication' })
    if (error.code === 'permission-denied') return error.changed({ step: 'permission' })
    if (error.code === 'timeout') return error.changed({ step: this.#step, ...this.#silence(error) })
    return error.changed({ step: this.#step })
  }

  /** What kept silent, and what to do about it; which is all that there is to know of a deadline that has passed. */
  #silence({ message }: SwarmNetworksError): ErrorChanges {
    const silence = silences[this.#step]
    if (silence === undefined) return {}
    const [what, remedy] = silence
    return { message: `${message.replace(/\.$/, '')}: ${what}`, remedy }
  }

  #follow(socket: Socket): void {
    const isTls = 'encrypted' in socket
    if (this.#endpoint.kind === 'tls') this.#step = firstOfNetwork(this.#endpoint.host)
    if (!socket.connecting && !isTls) this.#step = 'version'
    socket.once('lookup', (error: Error | null) => (this.#step = error === null ? 'connect' : 'resolve'))
    socket.once('connect', () => (this.#step = isTls ? 'tls' : 'version'))
    socket.once('secureConnect', () => (this.#step = 'version'))
  }
}

const silences: Readonly<Partial<Record<ConnectionStep, readonly [what: string, remedy: string]>>> = {
  resolve: ['the name server did not answer', 'Check the host’s name, and the name server of this machine.'],
  connect: ['nobody took the connection', 'Check the address and the port, and whether a firewall is in between.'],
  tls: [
    'the connection was taken, but nobody spoke TLS',
    'Check that this is the port of an engine, and that the host is not overloaded.',
  ],
  version: [
    'the connection was taken, but no engine answered',
    'Check that this is the port of an engine, and that the host is not overloaded.',
  ],
}

/** What fails before there is any socket. */
function firstStep(endpoint: Endpoint): ConnectionStep {
  switch (endpoint.kind) {
    case 'unix':
    case 'npipe':
      return 'socket'
    case 'tcp':
      return firstOfNetwork(endpoint.host)
    case 'tls':
      return 'files'
    case 'none':
      return 'resolve'
    case 'ssh':
      // Until its transport is open, errors name their step themselves.
      return 'version'
  }
}

/** An address needs no name server. */
function firstOfNetwork(host: string): ConnectionStep {
  return isIP(host) === 0 ? 'resolve' : 'connect'
}
