import { describe, expect, it } from 'vitest'
import { showReportJson } from '../../../../src/app/commands/show-report-json'
import { connectivityJson } from '../../../../src/core/report/json-report'
import { aFailedRun, aSwarmId } from '../../builders'
import { CommandWorld, expectLeavingChangesNothing } from '../../fakes/command-world'

const networkKey = aSwarmId('gnswarm')

describe('showReportJson', () => {
  it('opens what the command line prints', async () => {
    const world = new CommandWorld()
    world.results.set(networkKey, aFailedRun())
    await world.run(showReportJson, { kind: 'test-result', networkKey })
    const [document] = world.ui.documents
    expect(document).toMatchObject({ name: 'connectivity-gnswarm.json', show: 'text' })
    expect(JSON.parse(document!.content)).toEqual(JSON.parse(JSON.stringify(connectivityJson(aFailedRun()))))
  })

  it('does nothing when the user leaves', async () => {
    await expectLeavingChangesNothing(showReportJson, {
      answers: [{ pick: 'gnswarm' }],
      prepare: (world) => world.results.set(networkKey, aFailedRun()),
    })
  })

  it('says that nothing was tested yet', async () => {
    const world = new CommandWorld()
    await world.run(showReportJson)
    expect(world.ui.said).toContain('No network was tested yet')
  })
})
