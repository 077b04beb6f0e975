import { expect, it } from 'vitest'
import { machineStop } from '../../../../src/app/commands/machine-stop'
import { aHost } from '../../builders'
import { aMachineFleet } from '../machine/machine-fleet'
import { CommandWorld } from '../../fakes/command-world'

it('asks before it runs docker-machine stop', async () => {
  const world = new CommandWorld({ fleet: aMachineFleet(), answers: [{ confirm: false }] })
  await world.run(machineStop, { kind: 'host', hostId: 'settings:tolkewitz' })
  expect(world.ui.confirmations[0]?.detail).toMatch(/docker-machine --storage-path \/store stop (--force )?tolkewitz$/)
  expect(world.programs.started).toEqual([])
})

it('says before it runs that the swarm’s other manager is no majority', async () => {
  const fleet = aMachineFleet({}, [aHost('lindenau', { isLeader: false })])
  const world = new CommandWorld({ fleet, answers: [{ confirm: false }] })
  await world.run(machineStop, { kind: 'host', hostId: 'settings:tolkewitz' })
  expect(world.ui.confirmations[0]?.detail).toContain(
    'The swarm has two managers, and one is no majority: while this one is away',
  )
})
