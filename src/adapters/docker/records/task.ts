import * as v from 'valibot'
import { taskStates, type Task, type TaskState } from '../../../core/model/service'
import { momentOf } from './moment'
import { count, defined, lenientListOf, listOf, optionalText, parseAnswer, text, texts } from './schema'
import { withoutPrefix } from './without-prefix'

const attachment = v.object({ Network: v.object({ ID: v.string() }), Addresses: texts })

const entry = v.object({
  ID: v.string(),
  ServiceID: text,
  Slot: count,
  NodeID: optionalText,
  CreatedAt: text,
  DesiredState: text,
  NetworksAttachments: lenientListOf(attachment),
  Status: v.fallback(
    v.object({
      Timestamp: text,
      State: text,
      Err: optionalText,
      ContainerStatus: v.fallback(v.nullish(v.object({ ContainerID: optionalText })), undefined),
    }),
    { Timestamp: '', State: '', Err: undefined, ContainerStatus: undefined },
  ),
})

/** `GET /tasks` of a manager. What belongs to no service, as a container's attachment to a network, is left out. */
export function parseTasks(answer: unknown): readonly Task[] {
  return parseAnswer(listOf(entry), answer, 'GET /tasks')
    .filter(({ ServiceID }) => ServiceID !== '')
    .map(toTask)
}

function toTask(record: v.InferOutput<typeof entry>): Task {
  const { ID, ServiceID, Slot, NodeID, CreatedAt, DesiredState, NetworksAttachments, Status } = record
  const createdAt = momentOf(CreatedAt) ?? 0
  return defined({
    id: ID,
    serviceId: ServiceID,
    slot: Slot > 0 ? Slot : undefined,
    nodeId: NodeID,
    state: taskStateOf(Status.State),
    desiredState: taskStateOf(DesiredState),
    since: momentOf(Status.Timestamp) ?? createdAt,
    createdAt,
    error: Status.Err,
    containerId: Status.ContainerStatus?.ContainerID,
    addresses: addressesOf(NetworksAttachments),
  })
}

function addressesOf(attachments: readonly v.InferOutput<typeof attachment>[]): Task['addresses'] {
  const found = attachments.flatMap(({ Network, Addresses }) =>
    Addresses.map((address) => ({ networkId: Network.ID, address: withoutPrefix(address) })),
  )
  return found.length === 0 ? undefined : found
}

const known: ReadonlySet<string> = new Set(taskStates)

/** A state that is not known here is named so. */
export function taskStateOf(state: string): TaskState {
  return known.has(state) ? (state as TaskState) : 'unknown'
}
