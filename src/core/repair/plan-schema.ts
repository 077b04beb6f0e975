import * as v from 'valibot'
import type { RepairPlan } from './plan'

const text = v.string()
const optional = <T extends v.GenericSchema>(schema: T) => v.exactOptional(schema)
const container = { containerId: text }

const hostAction = v.object({
  kind: v.literal('command'),
  command: v.array(text),
  input: optional(text),
  asRoot: v.boolean(),
  deadlineMs: v.number(),
})

const networkSpec = v.object({
  name: text,
  subnets: v.array(v.object({ subnet: text, gateway: optional(text) })),
  isAttachable: v.boolean(),
  isInternal: v.boolean(),
  isEncrypted: v.boolean(),
  mtu: optional(v.number()),
  labels: v.record(text, text),
})

const nodeAvailability = v.object({
  kind: v.literal('node-availability'),
  nodeId: text,
  availability: v.picklist(['active', 'pause', 'drain']),
})

const action = v.variant('kind', [
  hostAction,
  v.object({ kind: v.picklist(['container-start', 'container-restart', 'container-unpause']), ...container }),
  v.object({
    kind: v.literal('network-connect'),
    network: text,
    ...container,
    aliases: v.array(text),
    address: optional(text),
  }),
  v.object({ kind: v.literal('network-disconnect'), network: text, container: text, force: v.boolean() }),
  v.object({ kind: v.literal('network-create'), spec: networkSpec }),
  v.object({ kind: v.literal('network-remove'), network: text }),
  v.object({ kind: v.literal('service-force-update'), serviceId: text }),
  nodeAvailability,
])

const look = v.variant('kind', [
  v.object({ ...hostAction.entries, status: optional(v.number()) }),
  v.object({
    kind: v.literal('container-state'),
    ...container,
    state: v.picklist(['created', 'running', 'paused', 'restarting', 'removing', 'exited', 'dead', 'unknown']),
  }),
  v.object({ kind: v.literal('container-on-network'), ...container, network: text, isOn: v.boolean() }),
  v.object({ kind: v.literal('network-exists'), network: text, exists: v.boolean() }),
  nodeAvailability,
])

const step = v.object({
  id: v.pipe(text, v.regex(/^[a-z0-9-]+$/)),
  title: text,
  hostId: text,
  hostName: text,
  action,
  check: optional(v.object({ title: text, look, tries: optional(v.number()) })),
  undo: optional(action),
  undoOrder: optional(v.literal('last')),
  noUndoReason: optional(text),
})

/** A plan as it was written down: on the host, where somebody may have changed it, or by an older version. */
export const repairPlan: v.GenericSchema<unknown, RepairPlan> = v.object({
  id: text,
  title: text,
  record: v.pipe(text, v.regex(/^\d{8}T\d{6}Z-[a-z0-9-]+$/)),
  hostIds: v.array(text),
  consequences: v.array(text),
  risk: v.picklist(['low', 'medium', 'high']),
  steps: v.array(step),
  undoNote: optional(text),
})
