import * as v from 'valibot'
import type { AttachmentTask } from '../../../core/model/attachment-task'
import { defined, lenientListOf, listOf, optionalText, parseAnswer, text, texts } from './schema'
import { taskStateOf } from './task'

const entry = v.object({
  ID: v.string(),
  NodeID: optionalText,
  Spec: v.fallback(
    v.object({
      NetworkAttachmentSpec: v.fallback(v.object({ ContainerID: text }), { ContainerID: '' }),
      Networks: lenientListOf(v.object({ Target: text })),
    }),
    { NetworkAttachmentSpec: { ContainerID: '' }, Networks: [] },
  ),
  Status: v.fallback(v.object({ State: text, Err: optionalText }), { State: '', Err: undefined }),
  NetworksAttachments: lenientListOf(v.object({ Addresses: texts })),
})

/** `GET /tasks` with the filter `runtime=attachment`, which a plain list leaves out. */
export function parseAttachmentTasks(answer: unknown): readonly AttachmentTask[] {
  return parseAnswer(listOf(entry), answer, 'GET /tasks').map((record) =>
    defined({
      id: record.ID,
      containerId: record.Spec.NetworkAttachmentSpec.ContainerID,
      nodeId: record.NodeID,
      networkIds: record.Spec.Networks.map(({ Target }) => Target),
      addresses: record.NetworksAttachments.flatMap(({ Addresses }) => Addresses).map((a) => a.replace(/\/\d+$/, '')),
      state: taskStateOf(record.Status.State),
      error: record.Status.Err,
    }),
  )
}
