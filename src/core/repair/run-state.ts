import type { RepairPlan, RepairStep } from './plan'

/** What is known of a step. `unknown`: it was begun, and whether it ended is not known. */
export type StepState = 'waiting' | 'done' | 'failed' | 'unknown'

/** Why a run stands still. `check`: the step ran, but what should be true is not. */
export type StopKind = 'failed' | 'check' | 'interrupted' | 'lost'

export type Choice = 'retry' | 'undo' | 'leave'

/** How a run ended. `left`: it stopped and nobody went on; `undo`: what was done is to be taken back now. */
export type RunOutcome = 'done' | 'left' | 'undo'

/** Where a run stands. Never changed: `advance` makes the next one. */
export interface RunState {
  readonly plan: RepairPlan
  /** One for each step of the plan. */
  readonly states: readonly StepState[]
  readonly phase: Phase
}

type Phase =
  | { readonly kind: 'step'; readonly index: number }
  | { readonly kind: 'check'; readonly index: number; readonly attempt: number }
  | { readonly kind: 'stopped'; readonly index: number; readonly why: string; readonly stop: StopKind }
  | { readonly kind: 'ended'; readonly outcome: RunOutcome }

/** What has to be done next, and nothing else. */
export type RunTask =
  | { readonly kind: 'step'; readonly step: RepairStep; readonly number: number }
  | { readonly kind: 'check'; readonly step: RepairStep; readonly attempt: number }
  | {
      readonly kind: 'ask'
      readonly step: RepairStep
      readonly stop: StopKind
      readonly why: string
      readonly choices: readonly Choice[]
    }
  | { readonly kind: 'end'; readonly outcome: RunOutcome }

/** What came of a task. */
export type RunEvent =
  | { readonly kind: 'ok' }
  /** The step or the check ended and says no. */
  | { readonly kind: 'failed'; readonly why: string }
  /** A person stopped it: between steps where `isBegun` is false, else inside this one. */
  | { readonly kind: 'interrupted'; readonly isBegun: boolean }
  /** The connection or the time ran out in the middle. */
  | { readonly kind: 'lost'; readonly why: string }
  | { readonly kind: 'chosen'; readonly choice: Choice }

/** The state before the first step. */
export function beginRun(plan: RepairPlan): RunState {
  return at({ plan, states: plan.steps.map(() => 'waiting'), phase: { kind: 'step', index: 0 } }, 0)
}

/** What a state asks for. */
export function nextTask({ plan, states, phase }: RunState): RunTask {
  if (phase.kind === 'ended') return { kind: 'end', outcome: phase.outcome }
  const step = stepAt(plan, phase.index)
  switch (phase.kind) {
    case 'step':
      return { kind: 'step', step, number: phase.index + 1 }
    case 'check':
      return { kind: 'check', step, attempt: phase.attempt }
    case 'stopped': {
      const isUndoable = plan.steps.some(({ undo }, index) => undo !== undefined && states[index] !== 'waiting')
      return { kind: 'ask', step, stop: phase.stop, why: phase.why, choices: choicesOf(isUndoable) }
    }
  }
}

/**
 * The state after an event.
 *
 * @throws Error for an event that does not belong to the state's task: a defect of whoever drives it
 */
export function advance(state: RunState, event: RunEvent): RunState {
  const { phase } = state
  switch (phase.kind) {
    case 'step':
      return afterStep(state, phase.index, event)
    case 'check':
      return afterCheck(state, phase, event)
    case 'stopped':
      if (event.kind === 'chosen') return afterChoice(state, phase, event.choice)
      break
    case 'ended':
      break
  }
  throw new Error(`A run that is ${phase.kind} cannot take the event ${event.kind}`)
}

function choicesOf(isUndoable: boolean): readonly Choice[] {
  return isUndoable ? ['retry', 'undo', 'leave'] : ['retry', 'leave']
}

function afterStep(state: RunState, index: number, event: RunEvent): RunState {
  const { check } = stepAt(state.plan, index)
  switch (event.kind) {
    case 'ok': {
      const done = known(state, index, 'done')
      return check === undefined ? at(done, index + 1) : { ...done, phase: { kind: 'check', index, attempt: 1 } }
    }
    case 'failed':
      return stopped(known(state, index, 'failed'), index, { stop: 'failed', why: event.why })
    case 'lost':
      return stopped(known(state, index, 'unknown'), index, { stop: 'lost', why: event.why })
    case 'interrupted': {
      const now = event.isBegun ? known(state, index, 'unknown') : state
      const why = event.isBegun ? 'it was stopped in the middle' : 'it was stopped before this step'
      return stopped(now, index, { stop: 'interrupted', why })
    }
    case 'chosen':
      throw new Error('Nothing was asked')
  }
}

function afterCheck(state: RunState, phase: Extract<Phase, { kind: 'check' }>, event: RunEvent): RunState {
  const { index, attempt } = phase
  const { check } = stepAt(state.plan, index)
  switch (event.kind) {
    case 'ok':
      return at(state, index + 1)
    case 'failed':
      if (attempt < (check?.tries ?? 1)) return { ...state, phase: { kind: 'check', index, attempt: attempt + 1 } }
      return stopped(state, index, { stop: 'check', why: event.why })
    case 'lost':
      return stopped(state, index, { stop: 'lost', why: event.why })
    case 'interrupted':
      return stopped(state, index, { stop: 'interrupted', why: 'it was stopped while it was checked' })
    case 'chosen':
      throw new Error('Nothing was asked')
  }
}

/** What is known to be done is not done again: then only its check is. */
function afterChoice(state: RunState, { index }: Extract<Phase, { kind: 'stopped' }>, choice: Choice): RunState {
  if (choice !== 'retry') return { ...state, phase: { kind: 'ended', outcome: choice === 'undo' ? 'undo' : 'left' } }
  const isDone = state.states[index] === 'done' && stepAt(state.plan, index).check !== undefined
  return { ...state, phase: isDone ? { kind: 'check', index, attempt: 1 } : { kind: 'step', index } }
}

function at(state: RunState, index: number): RunState {
  const isOver = index >= state.plan.steps.length
  return { ...state, phase: isOver ? { kind: 'ended', outcome: 'done' } : { kind: 'step', index } }
}

function known(state: RunState, index: number, is: StepState): RunState {
  return { ...state, states: state.states.map((before, i) => (i === index ? is : before)) }
}

function stopped(state: RunState, index: number, reason: { readonly stop: StopKind; readonly why: string }): RunState {
  return { ...state, phase: { kind: 'stopped', index, ...reason } }
}

function stepAt(plan: RepairPlan, index: number): RepairStep {
  const step = plan.steps[index]
  if (step === undefined) throw new Error(`The plan ${plan.id} has no step ${index + 1}`)
  return step
}
