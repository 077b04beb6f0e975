import { SwarmNetworksError, describeError } from '../../core/errors'
import { machineArguments } from '../../core/machine/machine-action'
import type { RebuildPart } from '../../core/machine/rebuild/describe-rebuild'
import type { MachineRecord } from '../../core/model/target'
import type { Host } from '../../core/model/host'
import type { LocalPrograms } from '../../core/ports/local-programs'
import type { RepairPlan } from '../../core/repair/plan'
import { isSameRepair } from '../../core/repair/record'
import type { Choice } from '../../core/repair/run-state'
import { RepairRunner, type RepairRunnerContext } from '../repair/repair-runner'
import { outcomeOf, type MachineOutcome } from './run-machine'

/** One machine, and what its host is. */
export interface RebuildEntry extends RebuildPart {
  readonly host: Host
  readonly machine: MachineRecord
}

/** What became of a machine. `waiting`: it was not touched. */
export type RebuildOutcome = 'waiting' | 'done' | 'failed' | 'undone'

export interface RebuildContext extends RepairRunnerContext {
  readonly programs: LocalPrograms
  /** docker-machine's program. */
  readonly program: string
  /** Looks anew at what is in the way on a machine, and plans its removal. */
  prepare(entry: RebuildEntry, signal: AbortSignal): Promise<RepairPlan | undefined>
  /** Called with all that are done, each time that another one is. */
  onDone(names: readonly string[]): Promise<void>
}

const outcomeWords: Readonly<Record<RebuildOutcome, string>> = {
  waiting: 'not touched',
  done: 'provisioned',
  failed: 'stopped here',
  undone: 'stopped here; its agents were made again',
}

/**
 * Rebuilds machines one after the other: removes the agents that are in the way, each with a record, and has docker-machine
 * provision the machine. It stops at the first that fails, says what is known of the failure, and never throws.
 */
export class RebuildRunner {
  readonly #context: RebuildContext
  readonly #runner: RepairRunner

  constructor(context: RebuildContext) {
    this.#context = context
    this.#runner = new RepairRunner(context)
  }

  /** @returns what became of each, in the same order */
  async run(entries: readonly RebuildEntry[]): Promise<readonly RebuildOutcome[]> {
    const { screen } = this.#context
    const outcomes: RebuildOutcome[] = entries.map(() => 'waiting')
    for (const [index, entry] of entries.entries()) {
      screen.say('title', `\nMachine ${index + 1} of ${entries.length}: ${partOf(entry)}`)
      const outcome = await this.#machine(entry)
      outcomes[index] = outcome
      if (outcome !== 'done') break
      await this.#context.onDone(entries.slice(0, index + 1).map(({ name }) => name))
    }
    this.#summary(entries, outcomes)
    return outcomes
  }

  async #machine(entry: RebuildEntry): Promise<RebuildOutcome> {
    let removal = entry.removal
    let removed: RepairPlan | undefined
    for (;;) {
      if (removal !== undefined) {
        const result = await this.#runner.repair(removal)
        if (result === 'not-begun' && (await this.#ask(entry, ['retry', 'leave'])) === 'retry') continue
        if (result !== 'done') return result === 'undone' ? 'undone' : result === 'left' ? 'failed' : 'waiting'
        removed = removal
      }
      const outcome = await this.#provision(entry)
      if (outcome.kind === 'done') return 'done'
      this.#explain(entry, outcome)
      const choice = await this.#ask(entry, removed ? ['retry', 'undo', 'leave'] : ['retry', 'leave'])
      if (choice === 'leave') return 'failed'
      if (choice === 'undo') return this.#undone(removed)
      removal = await this.#again(entry)
    }
  }

  async #provision({ name, machine, line }: RebuildEntry): Promise<MachineOutcome> {
    const { screen, programs, program } = this.#context
    const signal = screen.interrupt()
    const isStopped = () => signal.aborted
    screen.say('step', `Provision ${name}, by docker-machine on this machine`)
    screen.say('command', `$ ${line}`)
    if (isStopped()) return { kind: 'stopped' }
    try {
      const running = await programs.start({ program, args: machineArguments('provision', machine) })
      signal.addEventListener('abort', () => running.stop(), { once: true })
      const decoder = new TextDecoder()
      let text = ''
      for await (const chunk of running.output) {
        const piece = decoder.decode(chunk, { stream: true })
        text += piece
        screen.show(piece)
      }
      return isStopped() ? { kind: 'stopped' } : outcomeOf(await running.status(), text)
    } catch (error) {
      if (!SwarmNetworksError.is(error)) throw error
      return { kind: 'failed', why: describeError(error) }
    }
  }

  #explain({ name }: RebuildEntry, outcome: Exclude<MachineOutcome, { kind: 'done' }>): void {
    const { screen } = this.#context
    if (outcome.kind === 'stopped') {
      screen.say('bad', `docker-machine was stopped: what it had begun at ${name} may be half done.`)
      return
    }
    screen.say('bad', `${name} was not provisioned: ${outcome.finding?.title ?? outcome.why}.`)
    if (outcome.finding !== undefined) screen.say('note', outcome.finding.remedy)
  }

  /** What stands in the way may have come, or have been seen, only by the run that failed. */
  async #again(entry: RebuildEntry): Promise<RepairPlan | undefined> {
    const { screen } = this.#context
    screen.say('note', `Looking at ${entry.name} again …`)
    try {
      return await this.#context.prepare(entry, screen.interrupt())
    } catch (error) {
      if (!SwarmNetworksError.is(error)) throw error
      screen.say('bad', describeError(error))
      return undefined
    }
  }

  async #undone(removed: RepairPlan | undefined): Promise<RebuildOutcome> {
    const progress = this.#context.memory
      .read()
      .find(({ record }) => removed !== undefined && isSameRepair(record.plan, removed))
    if (progress === undefined) return 'failed'
    return (await this.#runner.undo(progress)) === 'undone' ? 'undone' : 'failed'
  }

  #ask({ host }: RebuildEntry, choices: readonly Choice[]): Promise<Choice> {
    return this.#context.screen.ask({ hostId: host.id, stop: 'failed', choices })
  }

  #summary(entries: readonly RebuildEntry[], outcomes: readonly RebuildOutcome[]): void {
    const { screen } = this.#context
    const done = outcomes.filter((outcome) => outcome === 'done').length
    screen.say('title', `\n${done} of ${entries.length} machines are provisioned.`)
    for (const [index, entry] of entries.entries()) {
      const outcome = outcomes[index] ?? 'waiting'
      screen.say(
        outcome === 'done' ? 'good' : outcome === 'waiting' ? 'note' : 'bad',
        `${partOf(entry)}: ${outcomeWords[outcome]}`,
      )
    }
    if (done < entries.length) screen.say('note', '“Rebuild Classic Swarm…” goes on where it stopped.')
  }
}

function partOf({ name, isMaster }: RebuildPart): string {
  return `${name} (${isMaster ? 'master' : 'agent'})`
}
