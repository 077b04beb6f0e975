import { describe, expect, it } from 'vitest'
import { replaceTasks } from '../../../../src/app/commands/replace-tasks'
import { aFleetWithServices } from '../../builders'
import { CommandWorld } from '../../fakes/command-world'
import { runWithRepair } from '../../fakes/repair-terminal'

const fleet = aFleetWithServices()
const [service] = fleet.services
const subject = { kind: 'service', serviceId: service!.id } as const

describe('replaceTasks', () => {
  it('asks the manager that speaks for the service', async () => {
    const world = new CommandWorld({ fleet, answers: [{ press: 'Run' }] })
    await runWithRepair(world, replaceTasks, subject)
    expect(world.named('swarm.forceUpdate')).toMatchObject([{ args: [service!.id] }])
    expect(world.ui.choices[0]?.detail).toContain(`Every task of ${service!.name} is stopped and made anew`)
  })

  it('asks in the palette, and changes nothing when the user leaves', async () => {
    const world = new CommandWorld({ fleet, answers: [{ pick: service!.name }, 'leave'] })
    await world.run(replaceTasks)
    expect(world.changes).toEqual([])
    const nothing = new CommandWorld()
    await nothing.run(replaceTasks)
    expect(nothing.ui.said).toContain('There is no service')
  })

  it('says that no manager knows the service', async () => {
    const failure = await new CommandWorld().failure(replaceTasks, { kind: 'service', serviceId: 'gone' })
    expect(failure).toMatchObject({ code: 'not-found' })
  })
})
