import { expect, it } from 'vitest'
import { machineUpgrade } from '../../../../src/app/commands/machine-upgrade'
import { aMachineFleet } from '../machine/machine-fleet'
import { CommandWorld } from '../../fakes/command-world'

it('asks before it runs docker-machine upgrade', async () => {
  const world = new CommandWorld({ fleet: aMachineFleet(), answers: [{ confirm: false }] })
  await world.run(machineUpgrade, { kind: 'host', hostId: 'settings:tolkewitz' })
  expect(world.ui.confirmations[0]?.detail).toMatch(/docker-machine --storage-path \/store upgrade tolkewitz$/)
  expect(world.programs.started).toEqual([])
})
