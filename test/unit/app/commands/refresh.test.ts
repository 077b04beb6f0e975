import { expect, it } from 'vitest'
import { refresh } from '../../../../src/app/commands/refresh'
import { CommandWorld } from '../../fakes/command-world'

it('reads the clicked host again, or everything', async () => {
  const world = new CommandWorld()
  await world.run(refresh, { kind: 'host', hostId: 'settings:tolkewitz' })
  await world.run(refresh)
  expect(world.access.refreshed).toEqual(['settings:tolkewitz', undefined])
})
