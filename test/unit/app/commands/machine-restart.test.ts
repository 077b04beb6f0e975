import { expect, it } from 'vitest'
import { machineRestart } from '../../../../src/app/commands/machine-restart'
import { aMachineFleet } from '../machine/machine-fleet'
import { CommandWorld } from '../../fakes/command-world'

it('asks before it runs docker-machine restart', async () => {
  const world = new CommandWorld({ fleet: aMachineFleet(), answers: [{ confirm: false }] })
  await world.run(machineRestart, { kind: 'host', hostId: 'settings:tolkewitz' })
  expect(world.ui.confirmations[0]?.detail).toMatch(
    /docker-machine --storage-path \/store restart (--force )?tolkewitz$/,
  )
  expect(world.programs.started).toEqual([])
})
