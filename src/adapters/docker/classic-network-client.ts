import type { EngineNetwork } from '../../core/model/network'
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
}
