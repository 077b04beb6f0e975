import { describe, expect, it } from 'vitest'
import { showExamination } from '../../../../src/app/commands/show-examination'
import { CommandWorld } from '../../fakes/command-world'
import { aHostFacts } from '../../examine-builders'

const hostId = 'settings:tolkewitz'

describe('showExamination', () => {
  it('shows the newest report again, also from what it found', async () => {
    const world = new CommandWorld()
    world.examinations.set({ hostId, facts: aHostFacts(), findings: [] })
    await world.run(showExamination, { kind: 'host', hostId })
    await world.run(showExamination, { kind: 'host-diagnosis', hostId, cause: 'disk-full', index: 0 })
    expect(world.ui.documents.map(({ name }) => name)).toEqual(['examination-tolkewitz.md', 'examination-tolkewitz.md'])
    expect(world.ui.documents[0]?.content).toContain('Nothing was found.')
    expect(world.shells.commands).toEqual([])
  })

  it('asks among the hosts that were examined', async () => {
    const world = new CommandWorld({ answers: [{ pick: 'tolkewitz' }] })
    world.examinations.set({ hostId, facts: aHostFacts(), findings: [] })
    await world.run(showExamination)
    expect(world.ui.questions[0]?.labels).toEqual(['tolkewitz'])
  })

  it('says that there is none yet', async () => {
    const world = new CommandWorld()
    expect((await world.failure(showExamination, { kind: 'host', hostId })).code).toBe('not-found')
    await world.run(showExamination)
    expect(world.ui.said).toContain('No host was examined yet')
  })
})
