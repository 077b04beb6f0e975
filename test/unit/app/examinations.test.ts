import { describe, expect, it } from 'vitest'
import { Examinations } from '../../../src/app/examinations'
import { aHostFacts } from '../examine-builders'

describe('examinations', () => {
  it('keep the newest of each host, and tell of changes', () => {
    const examinations = new Examinations()
    let told = 0
    const listener = examinations.onDidChange(() => told++)
    const first = { hostId: 'settings:tolkewitz', facts: aHostFacts(), findings: [] }
    const second = { ...first, facts: aHostFacts({ durationMs: 700 }) }
    examinations.set(first)
    examinations.set(second)
    expect(examinations.latest('settings:tolkewitz')).toBe(second)
    expect(examinations.latest('settings:lindenau')).toBeUndefined()
    examinations.forget('settings:tolkewitz')
    examinations.forget('settings:tolkewitz')
    expect(examinations.latest('settings:tolkewitz')).toBeUndefined()
    expect(told).toBe(3)
    listener.dispose()
    examinations.set(first)
    expect(told).toBe(3)
  })
})
