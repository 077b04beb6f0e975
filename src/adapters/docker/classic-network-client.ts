import type { EngineNetwork } from '../../core/model/network'
import type { EngineContext } from './engine-context'
import { pickById } from './id-filter'
import { DockerNetworkClient } from './network-client'
import { parseClassicNetworks } from './records/classic-network'

/** `/networks` of a classic Swarm manager, which ignores most filters, and answers some with nothing. */
export class ClassicNetworkClient extends DockerNetworkClient {
  readonly #manager: EngineContext

  constructor(manager: EngineContext) {
    super(manager)
    this.#manager = manager
  }

  override async list(signal: AbortSignal, ids?: readonly string[]): Promise<readonly EngineNetwork[]> {
    if (ids?.length === 0) return []
    const { calls, http } = this.#manager
    return calls.run({ what: 'list the networks', signal }, async (scope) =>
      pickById(parseClassicNetworks(await http.send({ method: 'GET', path: '/networks' }, scope)), ids),
    )
  }
}
