import type { SeenCertificate } from '../../core/model/certificate'
import type { Target, WayIn } from '../../core/model/target'
import type { Disposable } from '../../core/ports/environment'
import type { EngineClient } from '../../core/ports/engine'
import { EngineCalls } from './call'
import { DockerContainerClient } from './container-client'
import type { EngineContext } from './engine-context'
import { DockerImageClient } from './image-client'
import { NegotiatedHttp } from './negotiated-http'
import { DockerNetworkClient } from './network-client'
import type { EngineVersions } from './read-versions'
import { DockerSwarmClient } from './swarm-client'
import { DockerSystemClient } from './system-client'
import type { Transport } from './transport'

/** Which host it is, and how it was reached. */
export interface EngineOrigin {
  readonly target: Target
  readonly way: WayIn
}

/** One engine's API over one transport, which it owns from then on. */
export class DockerEngine implements EngineClient {
  readonly target: Target
  readonly way: WayIn
  readonly certificates: readonly SeenCertificate[]
  readonly system: DockerSystemClient
  readonly containers: DockerContainerClient
  readonly networks: DockerNetworkClient
  readonly images: DockerImageClient
  readonly swarm: DockerSwarmClient
  readonly #http: NegotiatedHttp
  readonly #transport: Transport
  readonly #calls: EngineCalls
  readonly #loss: Disposable | undefined

  constructor({ target, way }: EngineOrigin, transport: Transport, versions: EngineVersions) {
    this.target = target
    this.way = way
    this.certificates = transport.certificates?.() ?? []
    this.#transport = transport
    this.#calls = new EngineCalls(target.name)
    // Calls that wait for an answer need not wait for their deadline.
    this.#loss = transport.onClosed?.((reason) => this.#calls.close(reason))
    this.#http = new NegotiatedHttp(transport, versions)
    const context = contextOf(this.#http, this.#calls)
    this.system = new DockerSystemClient(context)
    this.containers = new DockerContainerClient(context)
    this.networks = new DockerNetworkClient(context)
    this.images = new DockerImageClient(context)
    this.swarm = new DockerSwarmClient(context)
  }

  get apiVersion(): string {
    return this.#http.versions.apiVersion
  }

  close(): void {
    this.#loss?.dispose()
    this.#calls.close()
    this.#transport.close()
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
