import type { EngineClient } from '../../core/ports/engine'
import type { EngineCalls } from './call'
import { DockerContainerClient } from './container-client'
import { EngineConnection, type EngineOrigin } from './engine-connection'
import type { EngineContext } from './engine-context'
import { DockerImageClient } from './image-client'
import { NegotiatedHttp } from './negotiated-http'
import { DockerNetworkClient } from './network-client'
import type { EngineVersions } from './read-versions'
import { DockerSwarmClient } from './swarm-client'
import { DockerSystemClient } from './system-client'
import type { Transport } from './transport'

/** One engine's API over one transport, which it owns from then on. */
export class DockerEngine extends EngineConnection implements EngineClient {
  readonly system: DockerSystemClient
  readonly containers: DockerContainerClient
  readonly networks: DockerNetworkClient
  readonly images: DockerImageClient
  readonly swarm: DockerSwarmClient
  readonly #http: NegotiatedHttp

  constructor(origin: EngineOrigin, transport: Transport, versions: EngineVersions) {
    super(origin, transport)
    this.#http = new NegotiatedHttp(transport, versions)
    const context = contextOf(this.#http, this.calls)
    this.system = new DockerSystemClient(context)
    this.containers = new DockerContainerClient(context)
    this.networks = new DockerNetworkClient(context)
    this.images = new DockerImageClient(context)
    this.swarm = new DockerSwarmClient(context)
  }

  get apiVersion(): string {
    return this.#http.versions.apiVersion
  }
}

/** The versions are those of the moment: they may be agreed on anew. */
function contextOf(http: NegotiatedHttp, calls: EngineCalls): EngineContext {
  return {
    http,
    calls,
    get apiVersion() {
      return http.versions.apiVersion
    },
    get engineVersion() {
      return http.versions.engineVersion
    },
  }
}
