import { expect, it } from 'vitest'
import { machineProvision } from '../../../../src/app/commands/machine-provision'
import { aMachineFleet } from '../machine/machine-fleet'
import { CommandWorld } from '../../fakes/command-world'

it('asks before it runs docker-machine provision', async () => {
  const world = new CommandWorld({ fleet: aMachineFleet(), answers: [{ confirm: false }] })
  await world.run(machineProvision, { kind: 'host', hostId: 'settings:tolkewitz' })
  expect(world.ui.confirmations[0]?.detail).toMatch(
    /docker-machine --storage-path \/store provision (--force )?tolkewitz$/,
  )
  expect(world.programs.started).toEqual([])
})
