import { expect, it } from 'vitest'
import { machineStart } from '../../../../src/app/commands/machine-start'
import { aMachineFleet } from '../machine/machine-fleet'
import { CommandWorld } from '../../fakes/command-world'

it('asks before it runs docker-machine start', async () => {
  const world = new CommandWorld({ fleet: aMachineFleet(), answers: [{ confirm: false }] })
  await world.run(machineStart, { kind: 'host', hostId: 'settings:tolkewitz' })
  expect(world.ui.confirmations[0]?.detail).toMatch(/docker-machine --storage-path \/store start (--force )?tolkewitz$/)
  expect(world.programs.started).toEqual([])
})
