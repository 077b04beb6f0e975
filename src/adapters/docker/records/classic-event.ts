import * as v from 'valibot'
import type { EngineEvent } from '../../../core/ports/engine'
import { parseEvent } from './event'
import { text } from './schema'

const schema = v.object({ Type: text, id: text })

/** What changes how much of a node is reserved. */
const census: readonly string[] = ['create', 'destroy']

/**
 * One event of a classic Swarm manager. Nodes that come and go are events of the type `swarm`; versions before 1.2 know
 * no types and say of everything but containers only that it happened.
 */
export function parseClassicEvent(value: unknown): readonly EngineEvent[] {
  const result = v.safeParse(schema, value)
  if (!result.success) return []
  const { Type, id } = result.output
  if (Type === 'swarm' || (Type === '' && id === '')) return [{ kind: 'everything' }]
  const event = parseEvent(value)
  if (event === undefined) return []
  // The table in `/info` counts the containers of each node.
  const changesTable = event.kind === 'container' && census.includes(event.action)
  return changesTable ? [event, { kind: 'engine', action: event.action }] : [event]
}
