import { describe, expect, it } from 'vitest'
import { copyName } from '../../../../src/app/commands/copy-name'
import { aFleet, aFleetWithServices, anId, aSwarmId } from '../../builders'
import { CommandWorld, expectLeavingChangesNothing } from '../../fakes/command-world'

describe('copyName', () => {
  it.each([
    [{ kind: 'host', hostId: 'settings:tolkewitz' } as const, 'tolkewitz'],
    [{ kind: 'container', hostId: 'settings:tolkewitz', containerId: anId('web') } as const, 'web'],
    [{ kind: 'network', networkKey: aSwarmId('gnswarm') } as const, 'gnswarm'],
  ])('copies the name of %o', async (subject, name) => {
    const world = new CommandWorld()
    await world.run(copyName, subject)
    expect(world.ui.copied).toEqual([name])
  })

  it('asks in the palette, and copies nothing when the user leaves', async () => {
    const world = new CommandWorld({ answers: [{ pick: 'shell1' }] })
    await world.run(copyName)
    expect(world.ui.copied).toEqual(['shell1'])
    await expectLeavingChangesNothing(copyName, { answers: [{ pick: 'shell1' }] })
    const nothing = new CommandWorld({ fleet: aFleet([]) })
    await nothing.run(copyName)
    expect(nothing.ui.said).toContain('There is nothing to choose from')
  })

  it('offers networks and hosts in the palette, too', async () => {
    for (const name of ['gnswarm', 'tolkewitz']) {
      const world = new CommandWorld({ answers: [{ pick: name }] })
      await world.run(copyName)
      expect(world.ui.copied).toEqual([name])
    }
  })

  it('copies the name of a service', async () => {
    const world = new CommandWorld({ fleet: aFleetWithServices() })
    await world.run(copyName, { kind: 'service', serviceId: 'service-web' })
    expect(world.ui.copied).toEqual(['web'])
    const gone = { kind: 'service', serviceId: 'service-gone' } as const
    expect(await world.failure(copyName, gone)).toMatchObject({ code: 'not-found' })
  })

  it('refuses a node without a name', async () => {
    expect(await new CommandWorld().failure(copyName, { kind: 'message' })).toMatchObject({ code: 'unsupported' })
  })

  it('says that a host is gone', async () => {
    const gone = { kind: 'host', hostId: 'settings:gone' } as const
    expect(await new CommandWorld().failure(copyName, gone)).toMatchObject({ code: 'not-found' })
  })
})
