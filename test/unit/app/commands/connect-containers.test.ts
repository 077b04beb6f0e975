import { describe, expect, it } from 'vitest'
import { connectContainers } from '../../../../src/app/commands/connect-containers'
import { aContainer, aFleet, aHost, anId, anOverlay, aSwarmId } from '../../builders'
import { CommandWorld } from '../../fakes/command-world'
import { runWithRepair } from '../../fakes/repair-terminal'

const gnswarm = anOverlay()
const fleet = aFleet([
  aHost('tolkewitz', {
    containers: [aContainer()],
    networks: [gnswarm, anOverlay({ name: 'closed', isAttachable: false })],
  }),
])
const networkKey = aSwarmId('gnswarm')

describe('connectContainers', () => {
  it('joins a container to the network that was clicked', async () => {
    const world = new CommandWorld({ fleet, answers: [{ pick: 'web' }, { press: 'Run' }] })
    await runWithRepair(world, connectContainers, { kind: 'network', networkKey })
    expect(world.named('networks.connect')[0]?.args).toEqual(['gnswarm', { containerId: anId('web'), aliases: [] }])
  })

  it('offers a container the networks that it can join, and no others', async () => {
    const world = new CommandWorld({ fleet, answers: [{ pick: 'gnswarm' }, { press: 'Run' }] })
    await runWithRepair(world, connectContainers, {
      kind: 'container',
      hostId: 'settings:tolkewitz',
      containerId: anId('web'),
    })
    expect(world.ui.items[0]?.map(({ label }) => label)).toEqual(['gnswarm'])
    expect(world.changes).toEqual(['tolkewitz networks.connect'])
  })

  it('asks for both in the palette, and changes nothing when the user leaves', async () => {
    const world = new CommandWorld({ fleet, answers: [{ pick: 'web' }, { pick: 'gnswarm' }, 'leave'] })
    await world.run(connectContainers)
    expect(world.changes).toEqual([])
    expect(world.ui.documents[0]?.content).toContain('# Connect web at tolkewitz to gnswarm')
  })
})
