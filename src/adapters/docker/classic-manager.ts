import { nodeConstraint } from '../../core/dialects/classic/placement'
import type { EngineClient } from '../../core/ports/engine'
import { ClassicContainerClient } from './classic-container-client'
import { ClassicImageClient } from './classic-image-client'
import { ClassicNetworkClient } from './classic-network-client'
import { ClassicSystemClient } from './classic-system-client'
import { EngineConnection, type EngineOrigin } from './engine-connection'
import type { EngineContext } from './engine-context'
import { EngineHttp } from './engine-http'
import type { EngineVersions } from './read-versions'
import { DockerSwarmClient } from './swarm-client'
import type { Transport } from './transport'

/**
 * A manager of a classic (standalone) Swarm: one API over many engines, which it mostly hands on to.
 *
 * - Paths go without a version: it hands most of them on as they are, and the engines behind it may differ in age.
 * - A connection carries one request: after `POST /exec/ID/start` the manager leaves it spliced to the engine, which
 *   would then answer the next request in the manager's place.
 */
export class ClassicManager extends EngineConnection implements EngineClient {
  readonly apiVersion: string
  readonly system: ClassicSystemClient
  readonly containers: ClassicContainerClient
  readonly networks: ClassicNetworkClient
  readonly images: ClassicImageClient
  readonly swarm: DockerSwarmClient
  readonly #context: EngineContext

  constructor(origin: EngineOrigin, transport: Transport, versions: EngineVersions) {
    super(origin, transport)
    this.apiVersion = versions.apiVersion
    this.#context = { http: new EngineHttp(transport, undefined, 'single'), calls: this.calls, ...versions }
    const removedNetworks = new Set<string>()
    this.system = new ClassicSystemClient(this.#context, removedNetworks)
    this.containers = new ClassicContainerClient(this.#context)
    this.networks = new ClassicNetworkClient(this.#context, removedNetworks)
    this.images = new ClassicImageClient(this.#context)
    // A manager of this kind has nothing of swarm mode; asked for it, it answers so.
    this.swarm = new DockerSwarmClient(this.#context)
  }

  onNode(name: string): EngineClient {
    const { target, way, apiVersion, system, networks, images, swarm } = this
    const containers = new ClassicContainerClient(this.#context, [nodeConstraint(name)])
    // The connection is the manager's own, and is closed with it.
    return { target, way, apiVersion, system, containers, networks, images, swarm, close: () => undefined }
  }
}
