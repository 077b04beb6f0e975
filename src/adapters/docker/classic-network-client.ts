import { SwarmNetworksError } from '../../core/errors'
import type { EngineNetwork } from '../../core/model/network'
import type { NetworkEndpoint } from '../../core/ports/engine'
import type { EngineContext } from './engine-context'
import { pickById } from './id-filter'
import { DockerNetworkClient } from './network-client'
import { parseClassicNetworks } from './records/classic-network'

/** `/networks` of a classic Swarm manager, which ignores most filters, and answers some with nothing. */
export class ClassicNetworkClient extends DockerNetworkClient {
  readonly #manager: EngineContext
  readonly #removed: Set<string>

  /**
   * @param removed IDs of overlay networks that were removed. A manager lists one that somebody removed at an engine
   * until it has looked at every other engine, half a minute or more, and does not say when it stops.
   */
  constructor(manager: EngineContext, removed: Set<string>) {
    super(manager)
    this.#manager = manager
    this.#removed = removed
  }

  override async list(signal: AbortSignal, ids?: readonly string[]): Promise<readonly EngineNetwork[]> {
    if (ids?.length === 0) return []
    const { calls, http } = this.#manager
    return calls.run({ what: 'list the networks', signal }, async (scope) => {
      const listed = parseClassicNetworks(await http.send({ method: 'GET', path: '/networks' }, scope))
      return pickById(listed, ids).filter(({ id }) => !this.#removed.has(id))
    })
  }

  override connect(network: string, endpoint: NetworkEndpoint, signal: AbortSignal): Promise<void> {
    return this.#atContainer(super.connect(network, endpoint, signal))
  }

  override disconnect(
    network: string,
    endpoint: { readonly container: string; readonly force: boolean },
    signal: AbortSignal,
  ): Promise<void> {
    return this.#atContainer(super.disconnect(network, endpoint, signal))
  }

  /** Version 1.0 does not look for the container's engine: it hands the request to any that knows the network. */
  async #atContainer(work: Promise<void>): Promise<void> {
    try {
      await work
    } catch (error) {
      const isElsewhere = SwarmNetworksError.is(error, 'not-found') && /No such container/i.test(error.message)
      if (!isElsewhere || !this.#manager.engineVersion.startsWith('swarm/1.0')) throw error
      throw error.changed({
        code: 'unsupported',
        remedy:
          'A manager of version 1.0 asks any engine, and this one does not have the container: do it at the engine of the container, or through a manager from 1.1 on.',
      })
    }
  }
}
