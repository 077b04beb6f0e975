import type { EngineNetwork } from '../../core/model/network'
import type { NetworkView } from '../../core/model/network-view'
import type { NetworkClient, NetworkEndpoint, NetworkSpec } from '../../core/ports/engine'
import { deadlines } from './call'
import { containerLabel } from './container-inspect'
import type { EngineContext } from './engine-context'
import { route } from './engine-http'
import { idFilter, pickById } from './id-filter'
import { endpointBody, networkBody } from './network-body'
import { parseCreatedNetwork } from './records/created'
import { parseNetworks } from './records/network'
import { parseNetworkView } from './records/network-view'

/** `/networks`. */
export class DockerNetworkClient implements NetworkClient {
  readonly #context: EngineContext

  constructor(context: EngineContext) {
    this.#context = context
  }

  async list(signal: AbortSignal, ids?: readonly string[]): Promise<readonly EngineNetwork[]> {
    if (ids?.length === 0) return []
    const { calls, http } = this.#context
    return calls.run({ what: 'list the networks', signal }, async (scope) => {
      const answer = await http.send({ method: 'GET', path: '/networks', query: idFilter(ids) }, scope)
      return pickById(parseNetworks(answer), ids)
    })
  }

  inspect(id: string, signal: AbortSignal): Promise<unknown> {
    const { calls, http } = this.#context
    return calls.run({ what: `inspect the network ${id}`, signal }, (scope) =>
      http.send({ method: 'GET', path: route`/networks/${id}`, query: { verbose: true } }, scope),
    )
  }

  async view(id: string, signal: AbortSignal): Promise<NetworkView> {
    return parseNetworkView(await this.inspect(id, signal))
  }

  create(spec: NetworkSpec, signal: AbortSignal): Promise<{ readonly id: string; readonly warning?: string }> {
    const { calls, http } = this.#context
    const what = `create the network ${spec.name}`
    return calls.run({ what, signal, deadlineMs: deadlines.change }, async (scope) =>
      parseCreatedNetwork(
        await http.send({ method: 'POST', path: '/networks/create', body: networkBody(spec) }, scope),
      ),
    )
  }

  async remove(id: string, signal: AbortSignal): Promise<void> {
    const { calls, http } = this.#context
    const what = `remove the network ${id}`
    await calls.run({ what, signal, deadlineMs: deadlines.change }, (scope) =>
      http.send({ method: 'DELETE', path: route`/networks/${id}` }, scope),
    )
  }

  async connect(network: string, endpoint: NetworkEndpoint, signal: AbortSignal): Promise<void> {
    const { calls, http } = this.#context
    const what = `connect ${containerLabel(endpoint.containerId)} to the network ${network}`
    // A swarm's manager may take 20 s until it refuses an attachment.
    await calls.run({ what, signal, deadlineMs: deadlines.lifecycle }, (scope) =>
      http.send({ method: 'POST', path: route`/networks/${network}/connect`, body: endpointBody(endpoint) }, scope),
    )
  }

  async disconnect(
    network: string,
    { container, force }: { readonly container: string; readonly force: boolean },
    signal: AbortSignal,
  ): Promise<void> {
    const { calls, http } = this.#context
    const what = `disconnect ${containerLabel(container)} from the network ${network}`
    const body = { Container: container, Force: force }
    await calls.run({ what, signal, deadlineMs: deadlines.lifecycle }, (scope) =>
      http.send({ method: 'POST', path: route`/networks/${network}/disconnect`, body }, scope),
    )
  }
}
