import { expect, it } from 'vitest'
import { machineRunAgain } from '../../../../src/app/commands/machine-run-again'
import { diagnoseMachineOutput } from '../../../../src/core/machine/machine-failures'
import { CommandWorld } from '../../fakes/command-world'
import { runWithRepair } from '../../fakes/repair-terminal'
import { aMachineFleet } from '../machine/machine-fleet'

const hostId = 'settings:tolkewitz'
const finding = diagnoseMachineOutput('Maximum number of retries (10) exceeded')!
const subject = { kind: 'host-finding', hostId, cause: finding.cause } as const

it('runs again what failed last, from its finding; once it is done the finding is gone', async () => {
  const world = new CommandWorld({ fleet: aMachineFleet(), answers: [{ confirm: true }] })
  world.machineRuns.set(hostId, { action: 'upgrade', finding, at: 0 })
  await runWithRepair(world, machineRunAgain, subject)
  expect(world.programs.started[0]?.args).toEqual(['--storage-path', '/store', 'upgrade', 'tolkewitz'])
  expect(world.machineRuns.failed(hostId)).toBeUndefined()
})

it('says where nothing has failed', async () => {
  const world = new CommandWorld({ fleet: aMachineFleet() })
  expect(await world.failure(machineRunAgain, subject)).toMatchObject({ code: 'not-found' })
  await world.run(machineRunAgain)
  expect(world.ui.said).toContain('No command of docker-machine has failed.')
})
