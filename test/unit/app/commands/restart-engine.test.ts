import { describe, expect, it } from 'vitest'
import { restartEngine } from '../../../../src/app/commands/restart-engine'
import { SwarmNetworksError } from '../../../../src/core/errors'
import { aFleet, aHost } from '../../builders'
import { CommandWorld } from '../../fakes/command-world'
import { runWithRepair } from '../../fakes/repair-terminal'

const tolkewitz = { kind: 'host', hostId: 'settings:tolkewitz' } as const

describe('restartEngine', () => {
  it('says who stops and who comes back, and restarts over SSH', async () => {
    const world = new CommandWorld({ answers: [{ press: 'Run' }] })
    world.details = { raw: { HostConfig: { RestartPolicy: { Name: 'always' } } } }
    await runWithRepair(world, restartEngine, tolkewitz)
    expect(world.ui.choices[0]).toMatchObject({
      message: 'Restart Docker, on tolkewitz?',
      detail: expect.stringContaining('These containers stop and come back by their restart policy: web.') as string,
    })
    const commands = world.shells.commands.map(({ command }) => command.join(' '))
    expect(commands.some((line) => line.includes('systemctl restart docker.service'))).toBe(true)
  })

  it('says before it runs that one of two managers is no majority', async () => {
    const fleet = aFleet([aHost('tolkewitz'), aHost('lindenau', { isLeader: false })])
    const world = new CommandWorld({ fleet, answers: ['leave'] })
    await world.run(restartEngine, tolkewitz)
    const warning = 'The swarm has two managers, and one is no majority: while this one is away'
    expect(world.ui.choices[0]?.detail).toContain(warning)
    expect(world.ui.documents[0]?.content).toContain(warning)
  })

  it('does not stumble over a container that has been removed meanwhile, as the helper of a test is', async () => {
    const world = new CommandWorld({ answers: ['leave'] })
    world.failures.set('containers.inspect', new SwarmNetworksError('not-found', 'No such container'))
    await world.run(restartEngine, tolkewitz)
    expect(world.ui.choices[0]?.detail).not.toContain('web')
  })

  it('asks in the palette for a host with SSH, and changes nothing when the user leaves', async () => {
    const world = new CommandWorld({ answers: [{ pick: 'tolkewitz' }, 'leave'] })
    await world.run(restartEngine)
    expect(world.shells.commands).toEqual([])
  })
})
