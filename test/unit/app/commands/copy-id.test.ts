import { describe, expect, it } from 'vitest'
import { copyId } from '../../../../src/app/commands/copy-id'
import { aBridge, aFleet, aFleetWithServices, aHost, anId, aSwarmId } from '../../builders'
import { CommandWorld, expectLeavingChangesNothing } from '../../fakes/command-world'

describe('copyId', () => {
  it('copies the whole ID of a container or network', async () => {
    const world = new CommandWorld()
    await world.run(copyId, { kind: 'container', hostId: 'settings:tolkewitz', containerId: anId('web') })
    await world.run(copyId, { kind: 'network', networkKey: aSwarmId('gnswarm') })
    expect(world.ui.copied).toEqual([anId('web'), aSwarmId('gnswarm')])
  })

  it('copies a local network’s own ID, without its host’s', async () => {
    const mine = aBridge({ name: 'mine' })
    const world = new CommandWorld({ fleet: aFleet([aHost('tolkewitz', { networks: [mine] })]) })
    await world.run(copyId, { kind: 'network', networkKey: `settings:tolkewitz/${mine.id}` })
    expect(world.ui.copied).toEqual([mine.id])
  })

  it('asks in the palette, and copies nothing when the user leaves', async () => {
    const world = new CommandWorld({ answers: [{ pick: 'web' }] })
    await world.run(copyId)
    expect(world.ui.copied).toEqual([anId('web')])
    await expectLeavingChangesNothing(copyId, { answers: [{ pick: 'web' }] })
  })

  it('copies the ID of a service and of a task', async () => {
    const world = new CommandWorld({ fleet: aFleetWithServices() })
    await world.run(copyId, { kind: 'service', serviceId: 'service-web' })
    await world.run(copyId, { kind: 'task', serviceId: 'service-web', taskId: 'task-web-1' })
    expect(world.ui.copied).toEqual(['service-web', 'task-web-1'])
  })

  it('refuses a node without an ID', async () => {
    expect(await new CommandWorld().failure(copyId, { kind: 'message' })).toMatchObject({ code: 'unsupported' })
  })
})
