import type { AttachmentTask } from '../../core/model/attachment-task'
import type { NodeAvailability, SwarmNode } from '../../core/model/engine'
import type { Service, Task } from '../../core/model/service'
import type { SwarmClient, TaskFilter } from '../../core/ports/engine'
import { deadlines } from './call'
import type { EngineContext } from './engine-context'
import { route } from './engine-http'
import { forcedUpdate } from './records/forced-update'
import { parseAttachmentTasks } from './records/attachment-task'
import { nodeUpdate } from './records/node-update'
import { parseNodes } from './records/node'
import { parseServices } from './records/service'
import { parseTasks } from './records/task'

/** `/nodes`, `/services` and `/tasks`, which only managers answer. */
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

  services(signal: AbortSignal): Promise<readonly Service[]> {
    const { calls, http } = this.#context
    return calls.run({ what: 'list the services of the swarm', signal }, async (scope) =>
      parseServices(await http.send({ method: 'GET', path: '/services' }, scope)),
    )
  }

  async tasks(filter: TaskFilter, signal: AbortSignal): Promise<readonly Task[]> {
    if (filter.serviceIds?.length === 0) return []
    const { calls, http } = this.#context
    return calls.run({ what: 'list the tasks of the swarm', signal }, async (scope) =>
      parseTasks(await http.send({ method: 'GET', path: '/tasks', query: taskQuery(filter) }, scope)),
    )
  }

  attachments(signal: AbortSignal): Promise<readonly AttachmentTask[]> {
    const { calls, http } = this.#context
    return calls.run({ what: 'list the places of containers on the swarm’s networks', signal }, async (scope) => {
      const query = { filters: { runtime: ['attachment'] } }
      return parseAttachmentTasks(await http.send({ method: 'GET', path: '/tasks', query }, scope))
    })
  }

  inspectService(id: string, signal: AbortSignal): Promise<unknown> {
    const { calls, http } = this.#context
    return calls.run({ what: `inspect the service ${id}`, signal }, (scope) =>
      http.send({ method: 'GET', path: route`/services/${id}` }, scope),
    )
  }

  async forceUpdate(serviceId: string, signal: AbortSignal): Promise<void> {
    const { calls, http } = this.#context
    const path = route`/services/${serviceId}`
    const what = `replace the tasks of the service ${serviceId}`
    await calls.run({ what, signal, deadlineMs: deadlines.change }, async (scope) => {
      const { version, body } = forcedUpdate(await http.send({ method: 'GET', path }, scope))
      await http.send({ method: 'POST', path: `${path}/update`, query: { version }, body }, scope)
    })
  }

  async setAvailability(nodeId: string, availability: NodeAvailability, signal: AbortSignal): Promise<void> {
    const { calls, http } = this.#context
    const path = route`/nodes/${nodeId}`
    const what = `set the availability of the node ${nodeId} to ${availability}`
    await calls.run({ what, signal, deadlineMs: deadlines.change }, async (scope) => {
      const { version, body } = nodeUpdate(await http.send({ method: 'GET', path }, scope), availability)
      await http.send({ method: 'POST', path: `${path}/update`, query: { version }, body }, scope)
    })
  }

  inspectTask(id: string, signal: AbortSignal): Promise<unknown> {
    const { calls, http } = this.#context
    return calls.run({ what: `inspect the task ${id}`, signal }, (scope) =>
      http.send({ method: 'GET', path: route`/tasks/${id}` }, scope),
    )
  }
}

function taskQuery({ desiredStates, serviceIds }: TaskFilter): Readonly<Record<string, object>> {
  return {
    filters: { ...(desiredStates && { 'desired-state': desiredStates }), ...(serviceIds && { service: serviceIds }) },
  }
}
