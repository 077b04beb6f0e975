import { describeError } from '../../core/errors'
import { actionLine, lookLine } from '../../core/repair/action-line'
import type { RepairAction, RepairLook, RepairPlan } from '../../core/repair/plan'
import type { RepairProgress, RepairRecord } from '../../core/repair/record'
import {
  advance,
  beginRun,
  nextTask,
  type RunEvent,
  type RunOutcome,
  type RunState,
  type RunTask,
} from '../../core/repair/run-state'
import { undoPlan } from '../../core/repair/undo-plan'
import { count } from '../../core/text/count'
import { RunRecords, type RunRecordsContext } from './run-records'
import type { RunScreen } from './run-screen'
import { StepRunner } from './step-runner'

export interface RepairRunnerContext extends RunRecordsContext {
  readonly screen: RunScreen
}

/** How a repair ended. `not-begun`: nothing at all was done; `left`: it stands where it stopped. */
export type RepairResult = 'done' | 'left' | 'undone' | 'not-begun'

type Task<K extends RunTask['kind']> = Extract<RunTask, { readonly kind: K }>

/** The longest that writing down an end may hold up what comes next, in milliseconds. */
const noteEndMs = 15_000

/**
 * Runs a plan's steps in their order, and stops at the first that does not do what it should. What may be done next is
 * `run-state.ts`'s to say; this one does it, shows it and writes it down. It never throws: the screen says what went wrong.
 */
export class RepairRunner {
  readonly #context: RepairRunnerContext

  constructor(context: RepairRunnerContext) {
    this.#context = context
  }

  /** Runs a repair to its end, or until it is left or taken back. */
  async repair(plan: RepairPlan): Promise<RepairResult> {
    const { screen, clock } = this.#context
    const record: RepairRecord = { plan, startedAt: clock.now() }
    const records = new RunRecords(record, this.#context)
    screen.say('title', plan.title)
    try {
      await records.open(screen.interrupt())
    } catch (error) {
      screen.say('bad', `Nothing was done: its record could not be made. ${describeError(error)}`)
      return 'not-begun'
    }
    for (const place of records.places) screen.say('note', `Record: ${place}`)
    const { states, outcome } = await this.#drive(plan, records, (state) => records.remember(state))
    await records.remember({ states }, { outcome })
    if (outcome === 'undo') return this.#takeBack({ record, states, outcome, isUndone: false }, records)
    await this.#noteEnd(records, outcome)
    screen.say(outcome === 'done' ? 'good' : 'bad', outcome === 'done' ? 'All steps are done.' : leftText(states))
    return outcome
  }

  /**
   * Takes a repair back that was run before.
   *
   * @param hostIds the hosts to do it on; all of the plan's where absent
   */
  async undo(progress: RepairProgress, hostIds?: readonly string[]): Promise<RepairResult> {
    const { screen } = this.#context
    const records = new RunRecords(progress.record, this.#context)
    screen.say('title', `Take back: ${progress.record.plan.title}`)
    try {
      await records.reopen(screen.interrupt())
    } catch (error) {
      screen.say('bad', `Nothing was done. ${describeError(error)}`)
      return 'not-begun'
    }
    return this.#takeBack(progress, records, hostIds)
  }

  async #takeBack(progress: RepairProgress, records: RunRecords, hostIds?: readonly string[]): Promise<RepairResult> {
    const { screen } = this.#context
    const plan = undoPlan(progress, hostIds)
    if (plan === undefined) {
      screen.say('note', 'Nothing was done that could be taken back.')
      return 'left'
    }
    for (const consequence of plan.consequences) screen.say('note', consequence)
    const { states, outcome } = await this.#drive(plan, records)
    const isUndone = outcome === 'done'
    await records.remember(progress, { outcome: progress.outcome ?? 'left', isUndone })
    if (isUndone) await this.#noteEnd(records, 'undone')
    screen.say(isUndone ? 'good' : 'bad', isUndone ? 'It was taken back.' : leftText(states))
    return isUndone ? 'undone' : 'left'
  }

  async #drive(
    plan: RepairPlan,
    records: RunRecords,
    onState: (state: RunState) => Promise<void> = () => Promise.resolve(),
  ): Promise<{ readonly states: RunState['states']; readonly outcome: RunOutcome }> {
    let show: (text: string) => void = () => undefined
    const steps = new StepRunner({ ...this.#context, records, onOutput: (text) => show(text) })
    let state = beginRun(plan)
    for (;;) {
      const task = nextTask(state)
      switch (task.kind) {
        case 'end':
          return { states: state.states, outcome: task.outcome }
        case 'step':
          show = (text) => this.#context.screen.show(text)
          state = advance(state, await this.#step(task, { plan, steps }))
          break
        case 'check': {
          // An attempt that is repeated needs not be read.
          const said: string[] = []
          show = (text) => void said.push(text)
          state = advance(state, await this.#check(task, steps))
          if (nextTask(state).kind !== 'check') this.#context.screen.show(said.join(''))
          break
        }
        case 'ask':
          state = advance(state, await this.#ask(task))
      }
      await onState(state)
    }
  }

  async #step(
    { step, number }: Task<'step'>,
    { plan, steps }: { readonly plan: RepairPlan; readonly steps: StepRunner },
  ): Promise<RunEvent> {
    const { screen } = this.#context
    screen.say('step', `${number}/${plan.steps.length} ${step.title}, on ${step.hostName}`)
    screen.say('command', `${promptOf(step.action)} ${actionLine(step.action)}`)
    const event = await steps.step(step, plan.record, screen.interrupt())
    if (event.kind !== 'lost') return event
    screen.say('bad', event.why)
    screen.say('note', `Looking at what ${step.hostName} wrote down of it …`)
    const known = await steps.afterLoss(step, screen.interrupt())
    screen.say('note', known === undefined ? 'It was begun; its end is not known.' : endText(known))
    return known ?? event
  }

  async #check({ step, attempt }: Task<'check'>, steps: StepRunner): Promise<RunEvent> {
    const { screen } = this.#context
    if (attempt === 1 && step.check !== undefined) {
      screen.say('note', `Check: ${step.check.title}`)
      screen.say('command', `${promptOf(step.check.look)} ${lookLine(step.check.look)}`)
    }
    return steps.check(step, attempt, screen.interrupt())
  }

  async #ask({ step, stop, why, choices }: Task<'ask'>): Promise<RunEvent> {
    const { screen } = this.#context
    screen.say('bad', `Stopped at “${step.title}” on ${step.hostName}: ${why}.`)
    return { kind: 'chosen', choice: await screen.ask({ hostId: step.hostId, stop, choices }) }
  }

  async #noteEnd(records: RunRecords, what: RunOutcome | 'undone'): Promise<void> {
    const failed = await records.end(what, AbortSignal.timeout(noteEndMs))
    if (failed.length > 0)
      this.#context.screen.say(
        'note',
        `The end could not be written down on ${failed.join(', ')}; the editor knows it.`,
      )
  }
}

/** As a shell's prompt says whose command it is. */
function promptOf(what: RepairAction | RepairLook): string {
  return what.kind === 'command' && what.asRoot ? '#' : '$'
}

function leftText(states: RunState['states']): string {
  const begun = states.filter((state) => state !== 'waiting').length
  return `It stands where it stopped: ${count(begun, 'step')} of ${states.length} begun. “Undo Last Repair…” takes back what was done.`
}

function endText(event: RunEvent): string {
  return event.kind === 'ok' ? 'The host wrote down that it was done.' : 'The host wrote down that it failed.'
}
