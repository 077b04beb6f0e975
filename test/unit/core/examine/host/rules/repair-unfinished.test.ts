import { describe, expect, it } from 'vitest'
import type { RepairProgress } from '../../../../../../src/core/repair/record'
import { aRecordName, aRepair } from '../../../../repair-builders'
import { only } from './found-by'

type States = RepairProgress['states']

function found(states: States, over: { readonly isTakingBack?: boolean; readonly outcome?: 'left' } = {}) {
  const { isTakingBack = false, ...rest } = over
  const progress = { record: { plan: aRepair(), startedAt: 0 }, states, isUndone: false, ...rest }
  return only('repair-unfinished', { unfinishedRepair: { record: aRecordName, progress, isTakingBack } })
}

describe('repair-unfinished', () => {
  it.each<readonly [States, string]>([
    [['done', 'unknown', 'waiting'], 'stopped in the middle of step 2 of 3: “Do reload”'],
    [['done', 'failed', 'waiting'], 'stopped at step 2 of 3, which failed: “Do reload”'],
    [['done', 'done', 'waiting'], 'stopped before step 3 of 3: “Do restart”'],
    [['done', 'done', 'done'], 'stopped after its last step of 3'],
  ])('says when it was and where it stopped: %s', (states, where) => {
    const { title, evidence } = found(states)
    expect(title).toContain('A repair of 2026-11-25 12:00 UTC')
    expect(title).toContain(where)
    expect(evidence).toContain('No end was written down.')
  })

  it('says what was done, what was not, and who left it', () => {
    const { evidence, byHand } = found(['done', 'failed', 'waiting'], { outcome: 'left' })
    expect(evidence.slice(1, 5)).toEqual([
      'Done: “Do move”.',
      'Failed: “Do reload”.',
      'Not begun: “Do restart”.',
      'Whoever ran it left it there.',
    ])
    expect(byHand?.at(-1)).toBe(`sh /var/lib/swarm-networks/repairs/${aRecordName}/undo.sh`)
  })

  it('is told as well where it was only half taken back', () => {
    expect(found(['done', 'done', 'done'], { isTakingBack: true }).title).toContain('was not taken back to the end')
  })

  it('takes a folder that is no record for none', () => {
    const foreign = { record: '../../etc', isTakingBack: false }
    expect(() => only('repair-unfinished', { unfinishedRepair: foreign })).toThrow('Found nothing')
  })
})
