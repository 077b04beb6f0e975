import { describe, expect, it } from 'vitest'
import { recreateNetwork } from '../../../../src/app/commands/recreate-network'
import { aSilentHost, aSwarmOfThree, aFleet, aHost, anOverlay, aSwarmId } from '../../builders'
import { CommandWorld } from '../../fakes/command-world'

const network = { kind: 'network', networkKey: aSwarmId('gnswarm') } as const

async function planned(answers: ConstructorParameters<typeof CommandWorld>[0], subject?: typeof network) {
  const world = new CommandWorld(answers)
  await world.run(recreateNetwork, subject)
  return world
}

describe('recreateNetwork', () => {
  it('plans to move everybody to a network for hosts with another MTU', async () => {
    const world = await planned({ answers: [{ pick: 'MTU' }, { input: '1400' }, 'leave'] }, network)
    const plan = world.ui.documents[0]!.content
    expect(plan).toContain('# Recreate gnswarm for hosts with MTU 1400 (containers get 1350)')
    for (const step of [
      'Disconnect web at tolkewitz',
      'Disconnect shell1 at miltitz',
      'Remove gnswarm',
      'Create gnswarm',
    ])
      expect(plan).toContain(step)
    expect(world.changes).toEqual([])
  })

  it('takes its own subnet for free, and no other network’s', async () => {
    const world = await planned(
      {
        fleet: aFleet([
          aHost('tolkewitz', {
            networks: [anOverlay(), anOverlay({ name: 'other', subnets: [{ subnet: '10.0.9.0/24' }] })],
          }),
        ]),
        answers: [{ pick: 'Subnet' }, { input: '10.0.9.0/24' }, { input: '10.0.1.0/25' }, 'leave'],
      },
      network,
    )
    expect(world.ui.problems[0]).toContain('overlaps with')
    expect(world.ui.documents[0]!.content).toContain('with the subnet 10.0.1.0/25')
  })

  it('makes it not attachable', async () => {
    const world = await planned({ answers: [{ pick: 'Not attachable' }, 'leave'] }, network)
    expect(world.ui.documents[0]!.content).toContain('as not attachable')
  })

  it('asks for a network in the palette', async () => {
    const world = await planned({ answers: [{ pick: 'gnswarm' }, 'leave'] })
    expect(world.ui.documents).toEqual([])
  })

  it('says that no manager can be reached', async () => {
    const fleet = aFleet([aHost('miltitz', { role: 'worker', networks: [anOverlay()] })])
    const world = new CommandWorld({ fleet })
    expect(await world.failure(recreateNetwork, network)).toMatchObject({ code: 'unreachable' })
  })

  it('does not begin where a host of the swarm cannot be asked', async () => {
    const three = aSwarmOfThree()
    const hosts = three.hosts.map((host) => (host.name === 'lindenau' ? aSilentHost('lindenau') : host))
    const fleet = { ...three, hosts }
    const world = new CommandWorld({ fleet, answers: [{ pick: 'MTU' }, { input: '1400' }] })
    expect(await world.failure(recreateNetwork, network)).toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('lindenau cannot be asked') as string,
    })
  })
})
