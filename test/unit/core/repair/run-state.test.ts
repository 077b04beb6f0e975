import { describe, expect, it } from 'vitest'
import {
  advance,
  beginRun,
  nextTask,
  type Choice,
  type RunEvent,
  type RunState,
} from '../../../../src/core/repair/run-state'
import { aRepair } from '../../repair-builders'

const ok: RunEvent = { kind: 'ok' }
const failed: RunEvent = { kind: 'failed', why: 'no' }
const chosen = (choice: Choice): RunEvent => ({ kind: 'chosen', choice })

function after(...events: readonly RunEvent[]): RunState {
  return events.reduce(advance, beginRun(aRepair()))
}

/** Where a run stands, as `step move`, `check restart 2`, `ask failed`, `end done`. */
function standing(state: RunState): string {
  const task = nextTask(state)
  switch (task.kind) {
    case 'step':
      return `step ${task.step.id}`
    case 'check':
      return `check ${task.step.id} ${task.attempt}`
    case 'ask':
      return `ask ${task.stop} ${task.choices.join(',')}`
    case 'end':
      return `end ${task.outcome}`
  }
}

describe('a run', () => {
  it('does steps in order, looks after those that have a check, and ends', () => {
    const state = after(ok, ok)
    expect(standing(after())).toBe('step move')
    expect(standing(after(ok))).toBe('step reload')
    expect(standing(state)).toBe('step restart')
    expect(standing(advance(state, ok))).toBe('check restart 1')
    expect(standing(after(ok, ok, ok, ok))).toBe('end done')
  })

  it('stops at a step that fails, and offers undo only for what was begun', () => {
    expect(standing(after(failed))).toBe('ask failed retry,undo,leave')
    expect(after(failed).states).toEqual(['failed', 'waiting', 'waiting'])
    const before = after({ kind: 'interrupted', isBegun: false })
    expect(standing(before)).toBe('ask interrupted retry,leave')
    expect(before.states).toEqual(['waiting', 'waiting', 'waiting'])
  })

  it('does not know how a step ended that was stopped or lost in the middle', () => {
    const events: RunEvent[] = [
      { kind: 'interrupted', isBegun: true },
      { kind: 'lost', why: 'the host closed the connection' },
    ]
    for (const event of events) expect(after(event).states[0]).toBe('unknown')
    expect(standing(after(events[1]!))).toBe('ask lost retry,undo,leave')
  })

  it('looks as often as the check says before it stops', () => {
    const state = after(ok, ok, ok)
    const again = advance(state, failed)
    expect(standing(again)).toBe('check restart 2')
    expect(standing(advance(again, ok))).toBe('end done')
    const last = advance(advance(again, failed), failed)
    expect(nextTask(last)).toMatchObject({ kind: 'ask', stop: 'check', why: 'no' })
    expect(last.states).toEqual(['done', 'done', 'done'])
  })

  it('repeats the step that failed, but only the check of one that is done', () => {
    expect(standing(after(failed, chosen('retry')))).toBe('step move')
    const unchecked = after(ok, ok, ok, failed, failed, failed)
    expect(standing(advance(unchecked, chosen('retry')))).toBe('check restart 1')
  })

  it('ends where it is left, or goes back', () => {
    expect(standing(after(failed, chosen('leave')))).toBe('end left')
    expect(standing(after(failed, chosen('undo')))).toBe('end undo')
  })

  it('refuses an event that nothing asked for', () => {
    expect(() => after(chosen('retry'))).toThrow()
    expect(() => after(failed, ok)).toThrow()
    expect(() => after(failed, chosen('leave'), ok)).toThrow()
  })
})
