import { expect, it } from 'vitest'
import { machineRegenerateCerts } from '../../../../src/app/commands/machine-regenerate-certs'
import { aMachineFleet } from '../machine/machine-fleet'
import { CommandWorld } from '../../fakes/command-world'

it('asks before it runs docker-machine regenerate-certs', async () => {
  const world = new CommandWorld({ fleet: aMachineFleet(), answers: [{ confirm: false }] })
  await world.run(machineRegenerateCerts, { kind: 'host', hostId: 'settings:tolkewitz' })
  expect(world.ui.confirmations[0]?.detail).toMatch(
    /docker-machine --storage-path \/store regenerate-certs (--force )?tolkewitz$/,
  )
  expect(world.programs.started).toEqual([])
})
