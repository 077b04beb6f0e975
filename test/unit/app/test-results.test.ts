import { expect, it } from 'vitest'
import { TestResults } from '../../../src/app/test-results'
import { aFailedRun, aRun } from '../builders'

it('keeps the last run of each network, with what the one before it found', () => {
  const results = new TestResults()
  expect(results.set('n', aFailedRun({ startedAt: 1 })).before).toBeUndefined()
  const kept = results.set('n', aRun({ startedAt: 2 }))
  expect(results.latest('n')).toBe(kept)
  expect(kept.before?.startedAt).toBe(1)
  expect(results.latest('other')).toBeUndefined()
})

it('does not take another run for the one before where a run says itself', () => {
  const results = new TestResults()
  results.set('n', aFailedRun({ startedAt: 1 }))
  const before = { startedAt: 5, pairs: [], findings: [] }
  expect(results.set('n', aRun({ startedAt: 9, before })).before).toBe(before)
})

it('tells whoever listens', () => {
  const results = new TestResults()
  let heard = 0
  const listening = results.onDidChange(() => heard++)
  results.set('n', aRun())
  listening.dispose()
  results.set('n', aRun())
  expect(heard).toBe(1)
})
