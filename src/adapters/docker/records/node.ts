import * as v from 'valibot'
import type { SwarmNode } from '../../../core/model/engine'
import { defined, flag, listOf, optionalText, parseAnswer, text } from './schema'

const reachability = v.fallback(v.picklist(['reachable', 'unreachable', 'unknown']), 'unknown')

const entry = v.object({
  ID: v.string(),
  Spec: v.object({
    Role: v.fallback(v.picklist(['manager', 'worker']), 'worker'),
    Availability: v.fallback(v.picklist(['active', 'pause', 'drain']), 'active'),
  }),
  // Empty until the node has joined for the first time.
  Description: v.fallback(
    v.object({
      Hostname: text,
      Engine: v.fallback(v.object({ EngineVersion: text }), { EngineVersion: '' }),
    }),
    { Hostname: '', Engine: { EngineVersion: '' } },
  ),
  Status: v.fallback(
    v.object({
      State: v.fallback(v.picklist(['unknown', 'down', 'ready', 'disconnected']), 'unknown'),
      Message: optionalText,
      Addr: optionalText,
    }),
    { State: 'unknown', Message: undefined, Addr: undefined },
  ),
  ManagerStatus: v.fallback(v.optional(v.object({ Leader: flag, Addr: text, Reachability: reachability })), undefined),
})

/** `GET /nodes` of a manager. */
export function parseNodes(answer: unknown): readonly SwarmNode[] {
  return parseAnswer(listOf(entry), answer, 'GET /nodes').map((record) =>
    defined({
      id: record.ID,
      hostName: record.Description.Hostname,
      role: record.Spec.Role,
      availability: record.Spec.Availability,
      state: record.Status.State,
      message: record.Status.Message,
      address: addressOf(record),
      isLeader: record.ManagerStatus?.Leader ?? false,
      reachability: record.ManagerStatus?.Reachability,
      engineVersion: record.Description.Engine.EngineVersion,
    }),
  )
}

/** A manager sees itself as 0.0.0.0 or 127.0.0.1 where it joined so; its raft address is one that others use. */
function addressOf({ Status, ManagerStatus }: v.InferOutput<typeof entry>): string | undefined {
  const isUseless = Status.Addr === undefined || Status.Addr === '0.0.0.0' || Status.Addr === '127.0.0.1'
  if (!isUseless || ManagerStatus === undefined || ManagerStatus.Addr === '') return Status.Addr
  return ManagerStatus.Addr.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1')
}
