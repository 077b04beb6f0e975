import { describe, expect, it } from 'vitest'
import { showReport } from '../../../../src/app/commands/show-report'
import { aFailedRun, aRun, aSwarmId } from '../../builders'
import { CommandWorld, expectLeavingChangesNothing } from '../../fakes/command-world'

const networkKey = aSwarmId('gnswarm')

describe('showReport', () => {
  it.each([
    { kind: 'network', networkKey } as const,
    { kind: 'test-result', networkKey } as const,
    { kind: 'finding', networkKey, cause: 'target-not-running', index: 0 } as const,
  ])('opens the last report of the network of a $kind', async (subject) => {
    const world = new CommandWorld()
    world.results.set(networkKey, aFailedRun())
    await world.run(showReport, subject)
    expect(world.ui.documents).toMatchObject([{ name: 'connectivity-gnswarm.md', show: 'preview' }])
    expect(world.ui.documents[0]?.content).toContain('web is not running')
  })

  it('asks in the palette for a network that was tested', async () => {
    const prepare = (world: CommandWorld) => world.results.set(networkKey, aRun())
    await expectLeavingChangesNothing(showReport, { answers: [{ pick: 'gnswarm' }], prepare })
    const world = new CommandWorld({ answers: [{ pick: 'gnswarm' }] })
    prepare(world)
    await world.run(showReport)
    expect(world.ui.items[0]?.[0]?.description).toContain('2 of 2 pairs')
    expect(world.ui.documents).toHaveLength(1)
  })

  it('says that nothing was tested yet', async () => {
    const world = new CommandWorld()
    await world.run(showReport)
    expect(world.ui.said).toContain('No network was tested yet')
    expect(await world.failure(showReport, { kind: 'network', networkKey })).toMatchObject({ code: 'not-found' })
  })
})
