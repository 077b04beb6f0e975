import { forEachBounded } from '../../core/collections/for-each-bounded'
import { anywhere, placementEnvironment } from '../../core/dialects/classic/placement'
import { SwarmNetworksError } from '../../core/errors'
import type { Container } from '../../core/model/container'
import type { ContainerSpec } from '../../core/ports/engine'
import { deadlines } from './call'
import { DockerContainerClient } from './container-client'
import type { EngineContext } from './engine-context'
import { route } from './engine-http'
import { pickById } from './id-filter'
import { parseClassicContainers, parseInspectedAttachments } from './records/classic-container'

/** How many containers are inspected side by side. */
const inspections = 8

/** `/containers` of a classic Swarm manager. What is done to a container by its ID is handed on to its engine. */
export class ClassicContainerClient extends DockerContainerClient {
  readonly #manager: EngineContext
  readonly #constraints: readonly string[]

  /** @param constraints what every new container has to fulfil besides its own. */
  constructor(manager: EngineContext, constraints: readonly string[] = []) {
    super(manager)
    this.#manager = manager
    this.#constraints = constraints
  }

  /** A manager honours only some filters, and each version others: the whole list is read, which it has at hand. */
  override async list(signal: AbortSignal, ids?: readonly string[]): Promise<readonly Container[]> {
    if (ids?.length === 0) return []
    const { calls, http } = this.#manager
    return calls.run({ what: 'list the containers', signal }, async (scope) => {
      const query = { all: true }
      const answer = await http.send({ method: 'GET', path: '/containers/json', query }, scope)
      const { containers, hasNetworks } = parseClassicContainers(answer)
      const asked = pickById(containers, ids)
      return hasNetworks ? asked : this.#withNetworks(asked, scope)
    })
  }

  /** The manager takes the placement out of the environment; a node that lacks the image pulls it first. */
  override create(
    spec: ContainerSpec,
    signal: AbortSignal,
  ): Promise<{ readonly id: string; readonly warnings: readonly string[] }> {
    const { constraints, affinities } = spec.placement ?? anywhere
    const placement = { constraints: [...this.#constraints, ...constraints], affinities }
    const environment = [...spec.environment, ...placementEnvironment(placement)]
    return this.createWithin(deadlines.pull, { ...spec, environment }, signal)
  }

  async #withNetworks(containers: readonly Container[], signal: AbortSignal): Promise<readonly Container[]> {
    const found = new Map<string, Container>()
    await forEachBounded(containers, inspections, async (container) => {
      found.set(container.id, await this.#inspected(container, signal))
    })
    return containers.map((container) => found.get(container.id) ?? container)
  }

  async #inspected(container: Container, signal: AbortSignal): Promise<Container> {
    try {
      const request = { method: 'GET', path: route`/containers/${container.id}/json` } as const
      const answer = await this.#manager.http.send(request, signal)
      return { ...container, attachments: parseInspectedAttachments(answer, container.state === 'running') }
    } catch (error) {
      // It was removed meanwhile, or its node is lost: the list has what the manager remembers of it.
      const failure = this.#manager.calls.failure('inspect a container', error)
      if (SwarmNetworksError.is(failure, 'not-found', 'unreachable', 'engine-error') && failure.status !== undefined)
        return container
      throw failure
    }
  }
}
