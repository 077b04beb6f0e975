import { SwarmNetworksError, describeError } from '../../core/errors'
import type { Endpoint, Target } from '../../core/model/target'
import type { ConnectionPrompts } from '../../core/ports/environment'
import type { EngineClient, EngineConnector } from '../../core/ports/engine'
import { formatEndpoint } from '../../core/targets/format-endpoint'
import { sameEndpoint } from '../../core/targets/same-endpoint'
import { EngineCalls } from './call'
import { ClassicManager } from './classic-manager'
import { ConnectionProgress } from './connection-progress'
import { DockerEngine } from './docker-engine'
import type { EngineOrigin } from './engine-connection'
import { failureOfAll, type FailedTry } from './failed-ways'
import { openTransport } from './open-transport'
import { classicVersion } from './records/classic-info'
import { readVersions, type EngineVersions } from './read-versions'
import { lookAtLocalService } from './service-look'
import { describeTlsFailure } from './tls-failure'
import { UnlockedTlsKeys } from './tls-key'
import type { Transport } from './transport'

export type SshEndpoint = Extract<Endpoint, { readonly kind: 'ssh' }>

export interface DockerConnectorOptions {
  /** Opens the way over SSH, and looks before it knocks. Fails with errors that name the host. */
  readonly openSsh: (endpoint: SshEndpoint, target: Target, signal: AbortSignal) => Promise<Transport>
  /** Runs before each connection to a socket of this machine; throws where it must not be made. `lookAtLocalService` where absent. */
  readonly beforeKnock?: (target: Target, signal: AbortSignal) => Promise<void>
  /** Asks for the passphrase of a client key; nobody is asked where absent. */
  readonly askPassphrase?: ConnectionPrompts['askPassphrase']
}

/** Opens engines: looks, opens the way, agrees on an API version. */
export class DockerConnector implements EngineConnector {
  readonly #openSsh: DockerConnectorOptions['openSsh']
  readonly #beforeKnock: NonNullable<DockerConnectorOptions['beforeKnock']>
  readonly #keys: UnlockedTlsKeys

  constructor({ openSsh, beforeKnock = lookAtLocalService, askPassphrase }: DockerConnectorOptions) {
    this.#openSsh = openSsh
    this.#beforeKnock = beforeKnock
    this.#keys = new UnlockedTlsKeys(askPassphrase ?? (() => Promise.resolve(undefined)))
  }

  /** Tries the target's ways in their order; fails with what says most, and names what the others said. */
  async connect(target: Target, signal: AbortSignal): Promise<EngineClient> {
    const tries: FailedTry[] = []
    for (const endpoint of [target.endpoint, ...(target.otherEndpoints ?? [])]) {
      if (tries.some((each) => isSilent(each, endpoint))) continue
      const progress = new ConnectionProgress(endpoint)
      const failed = tries.map((each) => ({ endpoint: each.endpoint, reason: describeError(each.failure) }))
      try {
        return await this.#connectBy({ target, way: { endpoint, failed } }, progress, signal)
      } catch (error) {
        if (signal.aborted) throw new SwarmNetworksError('cancelled', 'Cancelled', { host: target.name, cause: error })
        const told = new EngineCalls(target.name).failure(connecting(endpoint), error)
        tries.push({ endpoint, failure: progress.located(await explained(told, endpoint, signal)) })
      }
    }
    throw failureOfAll(tries)
  }

  async #connectBy(origin: EngineOrigin, progress: ConnectionProgress, signal: AbortSignal): Promise<EngineClient> {
    signal.throwIfAborted()
    const transport = await this.#open(origin.way.endpoint, origin.target, signal)
    const { dockerOptions } = transport
    const watched = { ...transport, dockerOptions: { ...dockerOptions, agent: progress.over(dockerOptions.agent) } }
    try {
      const versions = await negotiate(origin, watched, signal)
      const Engine = classicVersion(versions.engineVersion) === undefined ? DockerEngine : ClassicManager
      return new Engine(origin, transport, versions)
    } catch (error) {
      transport.close()
      throw error
    }
  }

  async #open(endpoint: Endpoint, target: Target, signal: AbortSignal): Promise<Transport> {
    if (endpoint.kind === 'none') throw new SwarmNetworksError('unreachable', endpoint.reason)
    if (endpoint.kind === 'ssh') return this.#openSsh(endpoint, target, signal)
    const beforeKnock = (knock: AbortSignal) => this.#beforeKnock({ ...target, endpoint }, knock)
    return openTransport(endpoint, { beforeKnock, keys: this.#keys }, signal)
  }
}

async function negotiate(
  { target, way }: EngineOrigin,
  transport: Transport,
  signal: AbortSignal,
): Promise<EngineVersions> {
  const calls = new EngineCalls(target.name)
  return calls.run({ what: connecting(way.endpoint), signal }, (scope) => readVersions(transport, scope))
}

/** Whether nothing answered at this very place: then other certificates make no difference there. */
function isSilent({ endpoint, failure }: FailedTry, other: Endpoint): boolean {
  return sameEndpoint(endpoint, other) && SwarmNetworksError.is(failure, 'unreachable', 'timeout')
}

function connecting(endpoint: Endpoint): string {
  return `connect to the engine at ${formatEndpoint(endpoint)}`
}

function explained(
  error: SwarmNetworksError,
  endpoint: Endpoint,
  signal: AbortSignal,
): Promise<SwarmNetworksError> | SwarmNetworksError {
  return endpoint.kind === 'tls' ? describeTlsFailure(error, endpoint, signal) : error
}
