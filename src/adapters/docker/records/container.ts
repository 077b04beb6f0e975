import * as v from 'valibot'
import type { Container, ContainerState, TaskRef } from '../../../core/model/container'
import { attachments, networkSettings } from './attachments'
import { containerState } from './container-state'
import { containerPorts, portRecord } from './ports'
import { count, defined, lenientListOf, listOf, parseAnswer, text, textMap, texts } from './schema'

const entry = v.object({
  Id: v.string(),
  Names: texts,
  Image: text,
  Command: text,
  Created: count,
  State: text,
  Status: text,
  Ports: lenientListOf(portRecord),
  Labels: textMap,
  NetworkSettings: networkSettings,
})

/** `GET /containers/json` of any engine from Docker 1.9 on. */
export function parseContainers(answer: unknown): readonly Container[] {
  return parseAnswer(listOf(entry), answer, 'GET /containers/json').map(toContainer)
}

/** States in which a container has its addresses. */
const connected: readonly ContainerState[] = ['running', 'paused', 'restarting']

function toContainer(record: v.InferOutput<typeof entry>): Container {
  const state = containerState(record.State, record.Status)
  return defined({
    id: record.Id,
    name: ownName(record.Names) ?? record.Id.slice(0, 12),
    image: record.Image,
    command: record.Command,
    createdAt: record.Created * 1000,
    state,
    status: record.Status,
    ports: containerPorts(record.Ports),
    labels: record.Labels,
    attachments: attachments(record.NetworkSettings, connected.includes(state)),
    task: taskOf(record.Labels),
  })
}

/** Names begin with a slash; one with a further slash (`/db/alias`) is another container's link. */
function ownName(names: readonly string[]): string | undefined {
  const plain = names.map((name) => name.replace(/^\//, ''))
  const own = plain.find((name) => !name.includes('/')) ?? plain[0]
  return own === '' ? undefined : own
}

/** The labels that the engine's swarm agent sets on a task's container (moby, daemon/cluster/executor/container). */
function taskOf(labels: Readonly<Record<string, string>>): TaskRef | undefined {
  const label = (name: string) => labels[`com.docker.swarm.${name}`] ?? ''
  if (label('task.id') === '') return undefined
  return defined({
    serviceId: label('service.id'),
    serviceName: label('service.name'),
    taskId: label('task.id'),
    nodeId: label('node.id'),
    slot: slotOf(label('task.name'), label('task.id')),
  })
}

/** A task is called `SERVICE.SLOT.TASK`, and `SERVICE.NODE.TASK` where each node has one. */
function slotOf(taskName: string, taskId: string): number | undefined {
  const slot = /\.(\d{1,9})$/.exec(taskName.slice(0, -taskId.length - 1))?.[1]
  return slot === undefined ? undefined : Number(slot)
}
