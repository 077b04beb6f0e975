import { SwarmNetworksError } from '../../core/errors'
import type { Endpoint, Target } from '../../core/model/target'
import type { EngineClient, EngineConnector } from '../../core/ports/engine'
import { formatEndpoint } from '../../core/targets/format-endpoint'
import { chooseApiVersion } from './api-version'
import { EngineCalls } from './call'
import { DockerEngine, type EngineVersions } from './docker-engine'
import { EngineHttp } from './engine-http'
import { openTransport } from './open-transport'
import { parseVersion } from './records/version'
import { lookAtLocalService } from './service-look'
import { describeTlsFailure } from './tls-failure'
import type { Transport } from './transport'

export type SshEndpoint = Extract<Endpoint, { readonly kind: 'ssh' }>

export interface DockerConnectorOptions {
  /** Opens the way over SSH, and looks before it knocks. Fails with errors that name the host. */
  readonly openSsh: (endpoint: SshEndpoint, target: Target, signal: AbortSignal) => Promise<Transport>
  /** Runs before a socket of this machine is touched; throws where it must not be. `lookAtLocalService` where absent. */
  readonly beforeKnock?: (target: Target, signal: AbortSignal) => Promise<void>
}

/** Opens engines: looks, opens the way, agrees on an API version. */
export class DockerConnector implements EngineConnector {
  readonly #openSsh: DockerConnectorOptions['openSsh']
  readonly #beforeKnock: NonNullable<DockerConnectorOptions['beforeKnock']>

  constructor({ openSsh, beforeKnock = lookAtLocalService }: DockerConnectorOptions) {
    this.#openSsh = openSsh
    this.#beforeKnock = beforeKnock
  }

  async connect(target: Target, signal: AbortSignal): Promise<EngineClient> {
    const calls = new EngineCalls(target.name)
    try {
      signal.throwIfAborted()
      const transport = await this.#open(target, signal)
      return await negotiated(target, transport, signal)
    } catch (error) {
      if (signal.aborted) throw new SwarmNetworksError('cancelled', 'Cancelled', { host: target.name, cause: error })
      throw await explained(calls.failure(connecting(target), error), target.endpoint, signal)
    }
  }

  async #open(target: Target, signal: AbortSignal): Promise<Transport> {
    const { endpoint } = target
    if (endpoint.kind === 'ssh') return this.#openSsh(endpoint, target, signal)
    await this.#beforeKnock(target, signal)
    return openTransport(endpoint, signal)
  }
}

/** The engine on an open way; closes the way where they do not agree. */
async function negotiated(target: Target, transport: Transport, signal: AbortSignal): Promise<DockerEngine> {
  try {
    return new DockerEngine(target, transport, await negotiate(target, transport, signal))
  } catch (error) {
    transport.close()
    throw error
  }
}

async function negotiate(target: Target, transport: Transport, signal: AbortSignal): Promise<EngineVersions> {
  const calls = new EngineCalls(target.name)
  const http = new EngineHttp(transport)
  return calls.run({ what: connecting(target), signal }, async (scope) => {
    const record = parseVersion(await http.send({ method: 'GET', path: '/version' }, scope))
    return { apiVersion: chooseApiVersion(record), engineVersion: record.version }
  })
}

function connecting({ endpoint }: Target): string {
  return `connect to the engine at ${formatEndpoint(endpoint)}`
}

function explained(
  error: SwarmNetworksError,
  endpoint: Endpoint,
  signal: AbortSignal,
): Promise<SwarmNetworksError> | SwarmNetworksError {
  return endpoint.kind === 'tls' ? describeTlsFailure(error, endpoint, signal) : error
}
