import { describe, expect, it } from 'vitest'
import { plansFor } from '../../../../../src/core/repair/fixes/fix-list'
import type { RepairProgress } from '../../../../../src/core/repair/record'
import { aFindingOf, aRecordName, aRepair, aSituation, linesOf } from '../../../repair-builders'

function plans(states: RepairProgress['states'], over: { isTakingBack?: boolean; hostIds?: readonly string[] } = {}) {
  const { isTakingBack = false, hostIds = ['settings:old-name'] } = over
  const steps = aRepair().steps.map((step) => ({ ...step, hostId: 'settings:old-name' }))
  const progress = { record: { plan: aRepair({ steps, hostIds }), startedAt: 0 }, states, isUndone: false }
  return plansFor(aFindingOf('repair-unfinished', { record: aRecordName, progress, isTakingBack }), aSituation())
}

describe('a repair that stands half-done', () => {
  it('is gone on with where it stopped, on the host as it is called now, and the old record gets an end', () => {
    const [goOn] = plans(['done', 'unknown', 'waiting'])
    expect(goOn?.steps.map(({ id }) => id)).toEqual(['reload', 'restart', 'note-end'])
    expect(new Set(goOn?.steps.map(({ hostId }) => hostId))).toEqual(new Set(['settings:tolkewitz']))
    expect(linesOf(goOn).at(-1)).toContain('finished done')
    expect(goOn?.record).not.toBe(aRecordName)
    expect(goOn?.steps.at(-1)?.undo).toMatchObject({ command: expect.arrayContaining(['finished left']) as unknown })
  })

  it('has the check of its last step passed again, which nobody wrote down', () => {
    expect(plans(['done', 'done', 'done'])[0]?.steps.map(({ id }) => id)).toEqual(['restart', 'note-end'])
  })

  it('is taken back in reverse, and the old record says so', () => {
    const takeBack = plans(['done', 'unknown', 'waiting'])[1]
    expect(takeBack?.steps.map(({ id }) => id)).toEqual(['undo-move', 'undo-reload', 'note-end'])
    expect(linesOf(takeBack).at(-1)).toContain('undone')
  })

  it('is only taken back where that was begun, or where it was about other hosts, too', () => {
    expect(plans(['done', 'done', 'done'], { isTakingBack: true })).toHaveLength(1)
    const several = plans(['done', 'done', 'waiting'], { hostIds: ['settings:old-name', 'settings:other'] })
    expect(several.map(({ title }) => title)).toEqual(['Take back: Move the drop-in override.conf aside'])
    expect(several[0]?.consequences).toContain('It was about other hosts, too: what it did there stays.')
  })

  it('is left to a person where its plan cannot be read', () => {
    expect(
      plansFor(aFindingOf('repair-unfinished', { record: aRecordName, isTakingBack: false }), aSituation()),
    ).toEqual([])
  })
})
