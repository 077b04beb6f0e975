import * as v from 'valibot'
import type { EngineEvent } from '../../../core/ports/engine'
import { defined, optionalText, text, textMap } from './schema'

const schema = v.object({
  Type: text,
  Action: text,
  Actor: v.fallback(v.object({ ID: text, Attributes: textMap }), { ID: '', Attributes: {} }),
  // Docker 1.9 has only these, for containers and images; images have no `from`.
  status: text,
  id: text,
  from: optionalText,
})

/** Actions on a container that change nothing which a list shows. Each connectivity test makes three of the first. */
const noise = /^(exec_|attach$|detach$|resize$|top$|export$|copy$|commit$|archive-path$|extract-to-dir$|checkpoint$)/

/**
 * One event of `GET /events`, reduced to what has to be read again; undefined where that is nothing. Events of a kind
 * that is not known are not ours.
 */
export function parseEvent(value: unknown): EngineEvent | undefined {
  const result = v.safeParse(schema, value)
  if (!result.success) return undefined
  const event = result.output
  // "health_status: healthy", "exec_create: sh -c …"
  const [action = ''] = (event.Action === '' ? event.status : event.Action).split(':')
  const { ID, Attributes } = event.Actor
  switch (event.Type === '' && event.from !== undefined ? 'container' : event.Type) {
    case 'container': {
      const containerId = ID === '' ? event.id : ID
      if (containerId === '' || noise.test(action)) return undefined
      const taskId = Attributes['com.docker.swarm.task.id']
      return { kind: 'container', action, containerId, ...(taskId !== undefined && { taskId }) }
    }
    case 'network': {
      const { container: containerId, type: driver } = Attributes
      return { kind: 'network', action, networkId: ID, ...defined({ driver, containerId }) }
    }
    case 'node':
      return { kind: 'node', action, nodeId: ID }
    case 'service':
      return { kind: 'service', action, serviceId: ID }
    case 'daemon':
      return { kind: 'engine', action }
    default:
      return undefined
  }
}
