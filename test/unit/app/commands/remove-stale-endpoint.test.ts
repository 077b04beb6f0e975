import { describe, expect, it } from 'vitest'
import { removeStaleEndpoint } from '../../../../src/app/commands/remove-stale-endpoint'
import { anId, aSwarmId } from '../../builders'
import { CommandWorld } from '../../fakes/command-world'
import { runWithRepair } from '../../fakes/repair-terminal'

const network = { kind: 'network', networkKey: aSwarmId('gnswarm') } as const
const endpoints = {
  [anId('web')]: { Name: 'web' },
  'ep-4f1': { Name: 'api' },
  'lb-gnswarm': { Name: 'gnswarm-endpoint' },
}

describe('removeStaleEndpoint', () => {
  it('offers what no container has, and takes it off by force', async () => {
    const world = new CommandWorld({ answers: [{ pick: 'api at tolkewitz' }, { press: 'Run' }] })
    world.networkAnswer = { Containers: endpoints }
    await runWithRepair(world, removeStaleEndpoint, network)
    // Both hosts list it; `web` runs at tolkewitz, whoever lists it.
    expect(world.ui.items[0]?.map(({ label }) => label)).toEqual(['api at miltitz', 'api at tolkewitz'])
    expect(world.named('networks.disconnect')[0]?.args).toMatchObject(['gnswarm', { container: 'api', force: true }])
  })

  it('says that nothing is left', async () => {
    const world = new CommandWorld()
    await world.run(removeStaleEndpoint, network)
    expect(world.ui.said).toBe('Every endpoint of gnswarm belongs to a container that is there.')
  })

  it('asks in the palette, and changes nothing when the user leaves', async () => {
    const world = new CommandWorld({ answers: [{ pick: 'gnswarm' }, { pick: 'api at tolkewitz' }, 'leave'] })
    world.networkAnswer = { Containers: endpoints }
    await world.run(removeStaleEndpoint)
    expect(world.changes).toEqual([])
  })
})
