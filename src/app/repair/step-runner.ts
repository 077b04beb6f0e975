import { SwarmNetworksError, describeError } from '../../core/errors'
import type { Clock } from '../../core/ports/environment'
import type { HostCommand, HostCommandResult } from '../../core/ports/host-shell'
import type { HostAction, RepairCheck, RepairStep } from '../../core/repair/plan'
import { noted } from '../../core/repair/record-commands'
import type { RunEvent } from '../../core/repair/run-state'
import { pause } from '../connectivity/pause'
import { doEngineAction } from './engine-action'
import { lookAtEngine } from './engine-look'
import type { RepairHosts } from './repair-hosts'
import type { RunRecords } from './run-records'

export interface StepRunnerContext {
  readonly hosts: RepairHosts
  readonly records: RunRecords
  readonly clock: Clock
  /** Gets what commands write, as it comes. */
  readonly onOutput: (text: string) => void
}

/** How long it is waited for a host that was lost in the middle of a step, and how often it is asked, in milliseconds. */
const lookAgain = { withinMs: 15_000, everyMs: 1_000 } as const

/** Does one step, or one look at what it did, and says what came of it. Never throws. */
export class StepRunner {
  readonly #context: StepRunnerContext

  constructor(context: StepRunnerContext) {
    this.#context = context
  }

  async step(step: RepairStep, record: string, signal: AbortSignal): Promise<RunEvent> {
    if (signal.aborted) return { kind: 'interrupted', isBegun: false }
    let isBegun = false
    try {
      const { action } = step
      if (action.kind === 'command') {
        const run = await this.#prepared(step, action, record)
        isBegun = true
        return endOf(await run(signal))
      }
      const client = this.#context.hosts.engine(step.hostId)
      await this.#context.records.note(step, 'begin', signal)
      isBegun = true
      await doEngineAction(action, { client, clock: this.#context.clock }, signal)
      await this.#context.records.note(step, 0, signal)
      return { kind: 'ok' }
    } catch (error) {
      return eventOf(error, isBegun)
    }
  }

  /** @param attempt from 1; before each further one it waits a second */
  async check(step: RepairStep, attempt: number, signal: AbortSignal): Promise<RunEvent> {
    if (attempt > 1) await pause(this.#context.clock, 1_000, signal)
    if (step.check === undefined) return { kind: 'ok' }
    if (signal.aborted) return { kind: 'interrupted', isBegun: false }
    try {
      return await this.#look(step, step.check, signal)
    } catch (error) {
      return eventOf(error, true)
    }
  }

  /**
   * What became of a step whose host was lost in the middle, by what the host wrote down; the step may still be going on
   * there, so it is asked for some seconds.
   */
  async afterLoss(step: RepairStep, signal: AbortSignal): Promise<RunEvent | undefined> {
    const { clock, records } = this.#context
    const timeUp = new AbortController()
    const timer = clock.after(lookAgain.withinMs, () => timeUp.abort())
    const looking = AbortSignal.any([signal, timeUp.signal])
    try {
      while (!looking.aborted) {
        const state = await records.stateOnHost(step, looking)
        if (state === 'done') return { kind: 'ok' }
        if (state === 'failed') return { kind: 'failed', why: 'the host wrote down that it failed' }
        if (state === 'waiting') return undefined
        await pause(clock, lookAgain.everyMs, looking)
      }
      return undefined
    } finally {
      timer.dispose()
    }
  }

  /** Opens what a command needs, so that what fails there is told from the command itself. */
  async #prepared(
    step: RepairStep,
    action: HostAction,
    record: string,
  ): Promise<(signal: AbortSignal) => Promise<HostCommandResult>> {
    const { hosts, records, onOutput } = this.#context
    const { signal: opening } = new AbortController()
    const command: HostCommand = { ...commandOf(action), onOutput }
    if (action.asRoot) {
      const root = await hosts.root(step.hostId, opening)
      const run = records.isOn(step.hostId) ? noted(command, { record, step: step.id }) : command
      return (signal) => root.run(run, signal)
    }
    const shell = await hosts.shell(step.hostId, opening)
    return async (signal) => {
      await records.note(step, 'begin', signal)
      const result = await shell.run(command, signal)
      await records.note(step, result.code ?? -1, signal)
      return result
    }
  }

  async #look(step: RepairStep, { look, title }: RepairCheck, signal: AbortSignal): Promise<RunEvent> {
    if (look.kind !== 'command') {
      const seen = await lookAtEngine(look, this.#context.hosts.engine(step.hostId), signal)
      return seen === undefined ? { kind: 'ok' } : { kind: 'failed', why: `${title}: ${seen}` }
    }
    const { hosts, onOutput } = this.#context
    const shell = look.asRoot ? await hosts.root(step.hostId, signal) : await hosts.shell(step.hostId, signal)
    const { code } = await shell.run({ ...commandOf(look), onOutput }, signal)
    return code === (look.status ?? 0) ? { kind: 'ok' } : { kind: 'failed', why: `this is not so: ${title}` }
  }
}

function commandOf({ command, input, deadlineMs }: HostAction): HostCommand {
  return { command, deadlineMs, ...(input !== undefined && { input }) }
}

function endOf({ code }: HostCommandResult): RunEvent {
  if (code === 0) return { kind: 'ok' }
  return { kind: 'failed', why: code === undefined ? 'a signal ended it' : `it ended with status ${code}` }
}

/** A command that was begun goes on at the host where the connection, or our patience, ends. */
function eventOf(error: unknown, isBegun: boolean): RunEvent {
  if (SwarmNetworksError.is(error, 'cancelled')) return { kind: 'interrupted', isBegun }
  const why = describeError(error)
  return isBegun && SwarmNetworksError.is(error, 'unreachable', 'timeout')
    ? { kind: 'lost', why }
    : { kind: 'failed', why }
}
