import { describe, expect, it } from 'vitest'
import { machineSsh } from '../../../../src/app/commands/machine-ssh'
import { SwarmNetworksError } from '../../../../src/core/errors'
import { aFleet, aHost } from '../../builders'
import { CommandWorld } from '../../fakes/command-world'
import { aMachineFleet } from '../machine/machine-fleet'

const tolkewitz = { kind: 'host', hostId: 'settings:tolkewitz' } as const

describe('docker-machine ssh', () => {
  it('runs in a terminal of its own, for the machine that was clicked', async () => {
    const world = new CommandWorld({ fleet: aMachineFleet() })
    await world.run(machineSsh, tolkewitz)
    expect(world.ui.programs).toEqual([
      {
        title: 'docker-machine ssh: tolkewitz',
        icon: 'vm',
        program: 'docker-machine',
        args: ['--storage-path', '/store', 'ssh', 'tolkewitz'],
      },
    ])
  })

  it('says what to do where there is no docker-machine', async () => {
    const world = new CommandWorld({ fleet: aMachineFleet() })
    world.programs.failure = new SwarmNetworksError('not-found', 'There is no program docker-machine')
    const error = await world.failure(machineSsh, tolkewitz)
    expect(error).toMatchObject({ code: 'not-found' })
    expect(error.remedy).toContain('swarmNetworks.dockerMachinePath')
    expect(world.ui.programs).toEqual([])
  })

  it('refuses a host of another source', async () => {
    const world = new CommandWorld({ fleet: aFleet([aHost('tolkewitz')]) })
    expect((await world.failure(machineSsh, tolkewitz)).message).toBe('tolkewitz is not from docker-machine’s store')
  })
})
