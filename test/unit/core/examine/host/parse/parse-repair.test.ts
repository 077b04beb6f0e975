import { describe, expect, it } from 'vitest'
import { parseRepair } from '../../../../../../src/core/examine/host/parse/parse-repair'
import { parseSections } from '../../../../../../src/core/examine/host/parse/sections'
import { formatRecord } from '../../../../../../src/core/repair/record'
import { aRecordName, aRepair, aStep } from '../../../../repair-builders'

const parse = (json: string, notes: string) =>
  parseRepair(
    parseSections(`@N repair-record ${aRecordName}\n${json}\n@N repair-progress ${aRecordName}\n${notes}`, 'N'),
  )

describe('parseRepair', () => {
  const record = { plan: aRepair(), startedAt: 0 }
  const moved = '2026-11-25T12:00:01Z begin move\n2026-11-25T12:00:02Z end move 0\n'

  it('reads how far a repair got, and when something was written down last', () => {
    const repair = parse(formatRecord(record), `${moved}2026-11-25T12:00:03Z begin reload\n`)
    expect(repair?.progress?.states).toEqual(['done', 'unknown', 'waiting'])
    expect(repair?.lastNoteAt).toBe(Date.UTC(2026, 10, 25, 12, 0, 3))
    expect(repair?.isTakingBack).toBe(false)
  })

  it('sees that somebody began to take it back', () => {
    expect(parse(formatRecord(record), `${moved}2026-11-25T12:01:00Z begin undo-move\n`)?.isTakingBack).toBe(true)
  })

  it('keeps to what was to be done on this host', () => {
    const elsewhere = aStep('there', { hostId: 'settings:lindenau' })
    const both = { ...record.plan, hostIds: ['settings:lindenau', 'settings:tolkewitz'] }
    const plan = { ...both, steps: [elsewhere, ...record.plan.steps] }
    const repair = parse(formatRecord({ ...record, plan, here: 'settings:tolkewitz' }), moved)
    expect(repair?.progress?.record.plan.steps.map(({ id }) => id)).toEqual(['move', 'reload', 'restart'])
  })

  it('offers no plan where it cannot be read, or where a secret was taken out of it', () => {
    expect(parse('{', moved)).not.toHaveProperty('progress')
    const secret = formatRecord({ ...record, plan: { ...record.plan, title: 'Use http://u:pass@proxy' } })
    expect(parse(secret, moved)).not.toHaveProperty('progress')
  })

  it('finds none where none is told', () => {
    expect(parseRepair([])).toBeUndefined()
  })
})
