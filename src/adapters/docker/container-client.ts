import { SwarmNetworksError } from '../../core/errors'
import type { Container } from '../../core/model/container'
import type { InterfaceTraffic } from '../../core/model/traffic'
import type {
  ContainerClient,
  ContainerDetails,
  ContainerSpec,
  ExecOptions,
  ExecResult,
  HelperSpec,
  LogChunk,
  LogOptions,
  ShellOptions,
  TerminalOptions,
} from '../../core/ports/engine'
import type { TerminalSession } from '../../core/ports/terminal'
import { deadlines } from './call'
import { attachToContainer } from './container-attach'
import { containerBody, helperBody } from './container-body'
import { runExec } from './container-exec'
import { containerLabel, inspectContainer } from './container-inspect'
import { readLogs } from './container-logs'
import { openShell } from './container-shell'
import type { EngineContext } from './engine-context'
import { route, type EngineRequest } from './engine-http'
import { idFilter, pickById } from './id-filter'
import { parseContainers } from './records/container'
import { withNetworks } from './records/network-endpoints'
import { parseCreatedContainer } from './records/created'
import { parseTraffic } from './records/traffic'

/** Docker 1.9's: from the next one on, lists of containers have the networks that each is on. */
const withoutNetworks = '1.21'

/** `/containers` and `/exec`. */
export class DockerContainerClient implements ContainerClient {
  readonly #context: EngineContext

  constructor(context: EngineContext) {
    this.#context = context
  }

  async list(signal: AbortSignal, ids?: readonly string[]): Promise<readonly Container[]> {
    if (ids?.length === 0) return []
    const { calls, http, apiVersion } = this.#context
    return calls.run({ what: 'list the containers', signal }, async (scope) => {
      const query = { all: true, ...idFilter(ids) }
      const answer = await http.send({ method: 'GET', path: '/containers/json', query }, scope)
      const containers = pickById(parseContainers(answer), ids)
      if (apiVersion !== withoutNetworks || containers.length === 0) return containers
      return withNetworks(containers, await http.send({ method: 'GET', path: '/networks' }, scope))
    })
  }

  inspect(id: string, signal: AbortSignal): Promise<ContainerDetails> {
    return inspectContainer(this.#context, id, signal)
  }

  create(
    spec: ContainerSpec,
    signal: AbortSignal,
  ): Promise<{ readonly id: string; readonly warnings: readonly string[] }> {
    if (spec.placement !== undefined) return Promise.reject(cannotPlace())
    return this.createWithin(deadlines.lifecycle, spec, signal)
  }

  protected createWithin(
    deadlineMs: number,
    spec: ContainerSpec,
    signal: AbortSignal,
  ): Promise<{ readonly id: string; readonly warnings: readonly string[] }> {
    const { calls, http } = this.#context
    const call = { what: `create the container ${spec.name}`, signal, deadlineMs }
    return calls.run(call, async (scope) => {
      const query = { name: spec.name }
      const body = containerBody(spec)
      return parseCreatedContainer(await http.send({ method: 'POST', path: '/containers/create', query, body }, scope))
    })
  }

  createHelper(spec: HelperSpec, signal: AbortSignal): Promise<{ readonly id: string }> {
    const { calls, http } = this.#context
    const network = spec.containerId === undefined ? 'the host' : containerLabel(spec.containerId)
    const what = `create a helper in the network of ${network}`
    return calls.run({ what, signal, deadlineMs: deadlines.lifecycle }, async (scope) =>
      parseCreatedContainer(
        await http.send({ method: 'POST', path: '/containers/create', body: helperBody(spec) }, scope),
      ),
    )
  }

  start(id: string, signal: AbortSignal): Promise<void> {
    return this.#change(`start ${containerLabel(id)}`, { method: 'POST', path: route`/containers/${id}/start` }, signal)
  }

  stop(id: string, signal: AbortSignal): Promise<void> {
    return this.#change(`stop ${containerLabel(id)}`, { method: 'POST', path: route`/containers/${id}/stop` }, signal)
  }

  restart(id: string, signal: AbortSignal): Promise<void> {
    const request: EngineRequest = { method: 'POST', path: route`/containers/${id}/restart` }
    return this.#change(`restart ${containerLabel(id)}`, request, signal)
  }

  unpause(id: string, signal: AbortSignal): Promise<void> {
    const request: EngineRequest = { method: 'POST', path: route`/containers/${id}/unpause` }
    return this.#change(`unpause ${containerLabel(id)}`, request, signal)
  }

  remove(id: string, { force }: { readonly force: boolean }, signal: AbortSignal): Promise<void> {
    const request: EngineRequest = { method: 'DELETE', path: route`/containers/${id}`, query: { force } }
    return this.#change(`remove ${containerLabel(id)}`, request, signal)
  }

  logs(id: string, options: LogOptions, signal: AbortSignal): Promise<AsyncIterable<LogChunk>> {
    return readLogs(this.#context, { id, ...options }, signal)
  }

  exec(id: string, options: ExecOptions, signal: AbortSignal): Promise<ExecResult> {
    return runExec(this.#context, { id, ...options }, signal)
  }

  /** `one-shot` leaves out the second of waiting for a first figure; engines before API 1.41 ignore it. */
  traffic(id: string, signal: AbortSignal): Promise<readonly InterfaceTraffic[]> {
    const { calls, http } = this.#context
    return calls.run({ what: `read the traffic of ${containerLabel(id)}`, signal }, async (scope) => {
      const query = { stream: false, 'one-shot': true }
      return parseTraffic(await http.send({ method: 'GET', path: route`/containers/${id}/stats`, query }, scope))
    })
  }

  attach(id: string, options: TerminalOptions, signal: AbortSignal): Promise<TerminalSession> {
    return attachToContainer(this.#context, { id, ...options }, signal)
  }

  shell(id: string, options: ShellOptions, signal: AbortSignal): Promise<TerminalSession> {
    return openShell(this.#context, { id, ...options }, signal)
  }

  async #change(what: string, request: EngineRequest, signal: AbortSignal): Promise<void> {
    const { calls, http } = this.#context
    await calls.run({ what, signal, deadlineMs: deadlines.lifecycle }, (scope) => http.send(request, scope))
  }
}

function cannotPlace(): SwarmNetworksError {
  return new SwarmNetworksError('unsupported', 'An engine makes containers on itself only', {
    remedy: 'Constraints and affinities are for the manager of a classic Swarm.',
  })
}
