import type { Clock, Log } from '../../core/ports/environment'
import { SwarmNetworksError, describeError } from '../../core/errors'
import type { RepairMemory } from '../../core/ports/repair-memory'
import type { RepairPlan, RepairStep } from '../../core/repair/plan'
import { planScript } from '../../core/repair/plan-script'
import { formatRecord, readProgress, recordFolder, type RepairRecord } from '../../core/repair/record'
import { noteEnd, noteStep, openRecord, readProgressCommand, writeUndoScript } from '../../core/repair/record-commands'
import type { RunOutcome, RunState, StepState } from '../../core/repair/run-state'
import { undoPlan } from '../../core/repair/undo-plan'
import { shellQuote } from '../../core/text/shell-quote'
import { singleLine } from '../../core/text/single-line'
import type { RepairHosts } from './repair-hosts'

export interface RunRecordsContext {
  readonly hosts: RepairHosts
  readonly memory: RepairMemory
  readonly clock: Clock
  readonly log: Log
}

/** Keeps the records of one run: on each host where it runs commands, and in the editor. */
export class RunRecords {
  readonly #context: RunRecordsContext
  readonly #record: RepairRecord
  /** Hosts that have a record's folder. */
  readonly #onHosts = new Set<string>()

  constructor(record: RepairRecord, context: RunRecordsContext) {
    this.#record = record
    this.#context = context
  }

  /** Makes the records of a repair that begins. @throws the first failure: then nothing has been done */
  async open(signal: AbortSignal): Promise<void> {
    const { plan } = this.#record
    for (const hostId of commandHosts(plan)) {
      const root = await this.#context.hosts.root(hostId, signal)
      await mustRun(root, openRecord(plan.record, formatRecord({ ...this.#record, here: hostId })), signal)
      this.#onHosts.add(hostId)
      await mustRun(root, writeUndoScript(plan.record, undoScript(this.#record, hostId)), signal)
    }
  }

  /** Goes on with those records that are still there. @throws where a host cannot be reached */
  async reopen(signal: AbortSignal): Promise<void> {
    const { record } = this.#record.plan
    for (const hostId of commandHosts(this.#record.plan)) {
      const root = await this.#context.hosts.root(hostId, signal)
      const { code } = await root.run(readProgressCommand(record), signal)
      if (code === 0) this.#onHosts.add(hostId)
    }
  }

  /** Where the records are, as a person would find them. */
  get places(): readonly string[] {
    const { plan } = this.#record
    return [...this.#onHosts].map((hostId) => `${nameOf(plan, hostId)}:${recordFolder(plan.record)}`)
  }

  /** Whether a host has this run's record. */
  isOn(hostId: string): boolean {
    return this.#onHosts.has(hostId)
  }

  /** Writes down what a step did that is no command of root's own. */
  async note(step: RepairStep, what: 'begin' | number, signal: AbortSignal): Promise<void> {
    if (!this.isOn(step.hostId)) return
    const root = await this.#context.hosts.root(step.hostId, signal)
    await mustRun(root, noteStep(this.#record.plan.record, step.id, what), signal)
  }

  /** What the host itself wrote down of a step, over a new connection if need be; undefined where it cannot be read. */
  async stateOnHost(step: RepairStep, signal: AbortSignal): Promise<StepState | undefined> {
    try {
      const root = await this.#context.hosts.root(step.hostId, signal)
      const { code, stdout } = await root.run(readProgressCommand(this.#record.plan.record), signal)
      if (code !== 0) return undefined
      const only = { ...this.#record, plan: { ...this.#record.plan, steps: [step] } }
      return readProgress(only, stdout).states[0]
    } catch (error) {
      this.#context.log.debug(`${step.hostName}: the record cannot be read: ${describeError(error)}`)
      return undefined
    }
  }

  /** Remembers in the editor how far the repair got. */
  async remember(
    { states }: Pick<RunState, 'states'>,
    end: { outcome?: RunOutcome; isUndone?: boolean } = {},
  ): Promise<void> {
    const { outcome, isUndone = false } = end
    await this.#context.memory.save({
      record: this.#record,
      states,
      ...(outcome !== undefined && { outcome }),
      isUndone,
    })
  }

  /** Writes the end down on each host; gives the names of those where that failed. */
  async end(what: RunOutcome | 'undone', signal: AbortSignal): Promise<readonly string[]> {
    const failed: string[] = []
    for (const hostId of this.#onHosts) {
      try {
        await mustRun(await this.#context.hosts.root(hostId, signal), noteEnd(this.#record.plan.record, what), signal)
      } catch (error) {
        this.#context.log.debug(`The record's end: ${describeError(error)}`)
        failed.push(nameOf(this.#record.plan, hostId))
      }
    }
    return failed
  }
}

/** The hosts on which commands run; where all is done over the API, there is nothing to write a record with. */
function commandHosts(plan: RepairPlan): readonly string[] {
  const withCommands = plan.steps.filter(({ action, undo }) => action.kind === 'command' || undo?.kind === 'command')
  return [...new Set(withCommands.map(({ hostId }) => hostId))]
}

function nameOf({ steps }: RepairPlan, hostId: string): string {
  return steps.find((step) => step.hostId === hostId)?.hostName ?? hostId
}

/** As if all steps had been done: what takes them back bears that they were not. */
function undoScript(record: RepairRecord, hostId: string): string {
  const states = record.plan.steps.map(() => 'done' as const)
  const undo = undoPlan({ record, states }, [hostId])
  if (undo === undefined) return '#!/bin/sh\n# There is nothing that could be taken back.\n'
  const note = shellQuote(noteEnd(record.plan.record, 'undone').command)
  return `${planScript(undo, hostId)}\n# Write down that it was taken back\n${note}\n`
}

async function mustRun(
  root: Awaited<ReturnType<RepairHosts['root']>>,
  command: Parameters<typeof root.run>[0],
  signal: AbortSignal,
): Promise<void> {
  const { code, stderr } = await root.run(command, signal)
  if (code === 0) return
  throw new SwarmNetworksError('engine-error', singleLine(stderr) || `a command ended with status ${String(code)}`)
}
