import { describe, expect, it } from 'vitest'
import { inspect } from '../../../../src/app/commands/inspect'
import type { NodeSubject } from '../../../../src/app/tree/tree-node'
import { aFleet, aFleetWithServices, aHost, anId, anOverlay, aSilentHost, aSwarmId } from '../../builders'
import { anEngineError, CommandWorld, expectLeavingChangesNothing } from '../../fakes/command-world'

const web = { kind: 'container', hostId: 'settings:tolkewitz', containerId: anId('web') } satisfies NodeSubject
const gnswarm = { kind: 'network', networkKey: aSwarmId('gnswarm') } satisfies NodeSubject

describe('inspect', () => {
  it('opens the engine’s answer for a container as JSON', async () => {
    const world = new CommandWorld()
    await world.run(inspect, web)
    expect(world.ui.documents).toEqual([
      {
        name: 'web@tolkewitz.json',
        content: `${JSON.stringify({ Id: anId('web'), Name: '/web' }, undefined, 2)}\n`,
        show: 'text',
      },
    ])
  })

  it('asks a manager for an overlay, and the clicked host for what it sees itself', async () => {
    const world = new CommandWorld()
    await world.run(inspect, gnswarm)
    await world.run(inspect, { ...gnswarm, hostId: 'settings:miltitz' })
    expect(world.ui.documents.map(({ name }) => name)).toEqual(['gnswarm@tolkewitz.json', 'gnswarm@miltitz.json'])
    expect(world.named('networks.inspect').map(({ host }) => host)).toEqual(['tolkewitz', 'miltitz'])
  })

  it('asks any host that knows an overlay where no manager can be reached', async () => {
    const fleet = aFleet([aHost('miltitz', { role: 'worker', networks: [anOverlay()] }), aSilentHost('tolkewitz')])
    const world = new CommandWorld({ fleet })
    await world.run(inspect, gnswarm)
    expect(world.named('networks.inspect').map(({ host }) => host)).toEqual(['miltitz'])
  })

  it('opens what is known of a host and what its engine says', async () => {
    const world = new CommandWorld()
    await world.run(inspect, { kind: 'host', hostId: 'settings:tolkewitz' })
    const [document] = world.ui.documents
    expect(document?.name).toBe('tolkewitz.json')
    expect(JSON.parse(document!.content)).toMatchObject({
      name: 'tolkewitz',
      role: 'manager',
      engine: { version: '20.10.24', swarm: { isManager: true } },
    })
  })

  it('says why a host cannot be asked', async () => {
    const world = new CommandWorld({ fleet: aFleet([aSilentHost('lindenau')]) })
    const error = await world.failure(inspect, { kind: 'host', hostId: 'settings:lindenau' })
    expect(error).toMatchObject({ code: 'unreachable', host: 'lindenau' })
  })

  it('shows a manager’s answer for a service and for a task', async () => {
    const world = new CommandWorld({ fleet: aFleetWithServices(), answers: [{ pick: 'agent' }] })
    await world.run(inspect)
    await world.run(inspect, { kind: 'task', serviceId: 'service-web', taskId: 'task-web-2' })
    expect(world.ui.documents.map(({ name }) => name)).toEqual(['agent.json', 'web.task-web-2.json'])
    expect(JSON.parse(world.ui.documents[1]!.content)).toEqual({ ID: 'task-web-2', Status: {} })
    expect(world.calls.map(({ host, name }) => `${host} ${name}`)).toEqual([
      'tolkewitz swarm.inspectService',
      'tolkewitz swarm.inspectTask',
    ])
  })

  it('does nothing when the user leaves, and says when there is nothing', async () => {
    await expectLeavingChangesNothing(inspect, { answers: [{ pick: 'web' }] })
    const world = new CommandWorld({ fleet: aFleet([]) })
    await world.run(inspect)
    expect(world.ui.said).toContain('There is nothing to choose from')
  })

  it.each([
    ['containers.inspect', web],
    ['networks.inspect', gnswarm],
    ['system.info', { kind: 'host', hostId: 'settings:tolkewitz' } as const],
  ])('names the host when %s fails', async (call, subject) => {
    const world = new CommandWorld()
    world.failures.set(call, anEngineError())
    expect(await world.failure(inspect, subject)).toMatchObject({ host: 'tolkewitz' })
    expect(world.ui.documents).toEqual([])
  })
})
