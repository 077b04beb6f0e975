import { describe, expect, it } from 'vitest'
import { StoredRepairs } from '../../../../src/app/repair/repair-memory'
import type { RepairProgress } from '../../../../src/core/repair/record'
import { FakeStorage } from '../../fakes/fake-storage'
import { aRepair } from '../../repair-builders'

const progressAt = (hostId: string, outcome: 'done' | 'left' = 'done'): RepairProgress => ({
  record: { plan: aRepair({ hostIds: [hostId] }), startedAt: 1 },
  states: ['done', 'done', 'done'],
  outcome,
  isUndone: false,
})

describe('StoredRepairs', () => {
  it('keeps repairs of two hosts that were planned in the same second', async () => {
    const repairs = new StoredRepairs(new FakeStorage())
    await repairs.save(progressAt('a', 'left'))
    await repairs.save(progressAt('b'))
    await repairs.save(progressAt('a'))
    expect(repairs.read().map(({ record, outcome }) => [record.plan.hostIds, outcome])).toEqual([
      [['a'], 'done'],
      [['b'], 'done'],
    ])
  })
})
