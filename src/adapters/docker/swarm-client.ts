import type { SwarmNode } from '../../core/model/engine'
import type { SwarmClient } from '../../core/ports/engine'
import type { EngineContext } from './engine-context'
import { parseNodes } from './records/node'

/** `/nodes`. */
export class DockerSwarmClient implements SwarmClient {
  readonly #context: EngineContext

  constructor(context: EngineContext) {
    this.#context = context
  }

  nodes(signal: AbortSignal): Promise<readonly SwarmNode[]> {
    const { calls, http } = this.#context
    return calls.run({ what: 'list the nodes of the swarm', signal }, async (scope) =>
      parseNodes(await http.send({ method: 'GET', path: '/nodes' }, scope)),
    )
  }
}
