import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { JSONParser } from '@streamparser/json'
import { describe, expect, it } from 'vitest'
import type { EngineEvent, ManagedEngine } from '../../../lab/classic/managed-engine'
import { eventOf, oldEventOf } from '../../../lab/classic/routes-system'
import { differences, shapeOf } from '../../../lab/classic/shape'

const file = join(import.meta.dirname, '../../../fixtures/classic/1.2.9/answers.json')

function recorded(): readonly EngineEvent[] {
  const { events } = JSON.parse(readFileSync(file, 'utf8')) as { readonly events: string }
  const all: EngineEvent[] = []
  const parser = new JSONParser({ separator: '', paths: ['$'] })
  parser.onValue = ({ value }) => void all.push(value as unknown as EngineEvent)
  parser.write(events)
  return all
}

const engine = {
  name: 'tolkewitz',
  ip: '192.0.2.11',
  info: { ID: 'ICIT' },
  api: { address: '192.0.2.11:2375' },
} as unknown as ManagedEngine

/** What the engine itself said, before the manager added the node. */
function asEngineSaid(event: EngineEvent): EngineEvent {
  const { from = '', Actor } = event
  const own = Object.entries(Actor!.Attributes).filter(([key]) => !key.startsWith('node.'))
  const rest = Object.fromEntries(Object.entries(event).filter(([key]) => key !== 'node')) as EngineEvent
  return { ...rest, from: from.replace(/ node:.*/, ''), Actor: { ...Actor!, Attributes: Object.fromEntries(own) } }
}

describe('an event of the stand-in', () => {
  it('is made as the real one made it, of containers, networks and nodes', () => {
    const all = recorded()
    expect(new Set(all.map(({ Type }) => Type))).toEqual(new Set(['network', 'container', 'swarm']))
    for (const event of all) {
      const made = eventOf(engine, asEngineSaid(event)) as EngineEvent
      expect(differences(shapeOf(made), shapeOf(event))).toEqual([])
      expect(Object.keys(made.Actor!.Attributes).sort()).toEqual(Object.keys(event.Actor!.Attributes).sort())
      expect(made.from?.replace(/node:.*/, '')).toBe(event.from?.replace(/node:.*/, ''))
    }
  })

  it('has neither type nor actor before 1.2', () => {
    const [network] = recorded()
    expect(oldEventOf(engine, asEngineSaid(network!))).toEqual({
      status: '',
      id: '',
      from: ' node:tolkewitz',
      time: network!.time,
      node: { Name: 'tolkewitz', Id: 'ICIT', Addr: '192.0.2.11:2375', Ip: '192.0.2.11' },
    })
  })
})
