import { SwarmNetworksError, describeError } from '../../core/errors'
import type { Examination } from '../../core/examine/host/examination'
import type { HostDiagnosis } from '../../core/examine/host/host-diagnosis'
import type { SwarmNode } from '../../core/model/engine'
import type { Host } from '../../core/model/host'
import { isSameRepair } from '../../core/repair/record'
import { nameWithRole, type RollOutPart } from '../../core/repair/roll-out/describe-roll-out'
import { quorumConsequence, refuseGoingOn, refuseTakingDown } from '../../core/repair/roll-out/manager-gate'
import { isManager } from '../../core/repair/roll-out/roll-out-order'
import { whyNotVerified } from '../../core/repair/roll-out/verify-repair'
import type { Choice } from '../../core/repair/run-state'
import { pause } from '../connectivity/pause'
import { RepairRunner, type RepairRunnerContext } from './repair-runner'

/** One host's part, and what the run has to know of the host. */
export interface RollOutEntry extends RollOutPart {
  readonly host: Host
  readonly finding: HostDiagnosis
  /** All that was found before, and whether the engine ran. */
  readonly before: readonly HostDiagnosis[]
  readonly isEngineUp: boolean
}

/** What became of a host. `waiting`: it was not touched; `left`: it stands where it stopped; `unverified`: all was done, and it is not as it should be. */
export type HostOutcome = 'waiting' | 'done' | 'undone' | 'left' | 'unverified'

export interface RollOutContext extends RepairRunnerContext {
  /** Looks at a host anew. */
  examine(host: Host, signal: AbortSignal): Promise<Examination>
  /** The managers of a host's swarm; undefined where none answers. */
  managers(hostId: string, signal: AbortSignal): Promise<readonly SwarmNode[] | undefined>
  /** Has the fleet read a host again. */
  refresh(hostId: string): void
}

/** How long it is waited until the swarm has a manager back, a second between two looks, in milliseconds. */
const backWithinMs = 60_000

const outcomeWords: Readonly<Record<HostOutcome, string>> = {
  waiting: 'not touched',
  done: 'repaired, and as it should be',
  undone: 'taken back',
  left: 'stopped here; it stands where it stopped',
  unverified: 'repaired, but not as it should be',
}

/**
 * Repairs hosts one after the other, in the order in which they are given, each with a record of its own. It goes on only
 * from a host that is as it should be, and never takes a second manager of a swarm away. It never throws.
 */
export class RollOutRunner {
  readonly #context: RollOutContext
  readonly #runner: RepairRunner

  constructor(context: RollOutContext) {
    this.#context = context
    this.#runner = new RepairRunner(context)
  }

  /** @returns what became of each, in the same order */
  async run(entries: readonly RollOutEntry[]): Promise<readonly HostOutcome[]> {
    const { screen } = this.#context
    const outcomes: HostOutcome[] = entries.map(() => 'waiting')
    for (const [index, entry] of entries.entries()) {
      screen.say('title', `\nHost ${index + 1} of ${entries.length}: ${nameWithRole(entry.hostName, entry.role)}`)
      const outcome = await this.#host(entry)
      outcomes[index] = outcome
      if (outcome !== 'done') break
    }
    this.#summary(entries, outcomes)
    return outcomes
  }

  async #host(entry: RollOutEntry): Promise<HostOutcome> {
    for (;;) {
      const refusal = await this.#refusal(entry)
      if (refusal !== undefined) {
        const choice = await this.#ask(entry, `${entry.hostName} is not touched: ${refusal}.`, ['retry', 'leave'])
        if (choice === 'retry') continue
        return 'waiting'
      }
      const result = await this.#runner.repair(entry.plan)
      this.#context.refresh(entry.host.id)
      if (result === 'done') return this.#verified(entry)
      if (result !== 'not-begun') return result
      if ((await this.#ask(entry, `${entry.hostName} is as it was.`, ['retry', 'leave'])) !== 'retry') return 'waiting'
    }
  }

  /** Why a host may not be touched now. */
  async #refusal({ host, role, isEngineUp }: RollOutEntry): Promise<string | undefined> {
    if (!isManager(role)) return undefined
    const { screen } = this.#context
    screen.say('note', 'Looking whether the other managers of the swarm are there …')
    try {
      const managers = await this.#context.managers(host.id, screen.interrupt())
      const refusal = refuseTakingDown({ host: host.name, nodeId: host.nodeId, isEngineUp, managers })
      const consequence = isEngineUp && managers !== undefined ? quorumConsequence(managers, host.nodeId) : undefined
      if (refusal === undefined && consequence !== undefined) screen.say('note', consequence)
      return refusal
    } catch (error) {
      return describeError(error)
    }
  }

  /** Looks whether a host is as it should be, until it is, or somebody decides. */
  async #verified(entry: RollOutEntry): Promise<HostOutcome> {
    const { hostName, plan } = entry
    for (;;) {
      const why = await this.#whyNot(entry)
      if (why === undefined) {
        this.#context.screen.say('good', `${hostName} is as it should be.`)
        return 'done'
      }
      const isUndoable = plan.steps.some(({ undo }) => undo !== undefined)
      const choices: readonly Choice[] = isUndoable ? ['retry', 'undo', 'leave'] : ['retry', 'leave']
      const choice = await this.#ask(entry, `${hostName} is not as it should be: ${why}.`, choices)
      if (choice === 'leave') return 'unverified'
      if (choice === 'undo') return this.#undone(entry)
    }
  }

  async #whyNot(entry: RollOutEntry): Promise<string | undefined> {
    const { screen } = this.#context
    const { host, role, finding, before } = entry
    screen.say('note', `Examining ${host.name} again …`)
    try {
      const { findings } = await this.#context.examine(host, screen.interrupt())
      const why = whyNotVerified(finding.cause, { before, after: findings })
      if (why !== undefined || !isManager(role)) return why
      return await this.#whyNotBack(host)
    } catch (error) {
      if (!SwarmNetworksError.is(error)) throw error
      return describeError(error)
    }
  }

  async #whyNotBack(host: Host): Promise<string | undefined> {
    const { screen, clock } = this.#context
    screen.say('note', `Waiting until the swarm has its manager ${host.name} back …`)
    const until = clock.now() + backWithinMs
    for (;;) {
      const listed = await this.#context.managers(host.id, screen.interrupt())
      const why = refuseGoingOn({ host: host.name, nodeId: host.nodeId, managers: listed })
      if (why === undefined || clock.now() >= until || screen.interrupt().aborted) return why
      if (listed === undefined) this.#context.refresh(host.id)
      await pause(clock, 1_000, screen.interrupt())
    }
  }

  async #undone({ plan }: RollOutEntry): Promise<HostOutcome> {
    const progress = this.#context.memory.read().find(({ record }) => isSameRepair(record.plan, plan))
    if (progress === undefined) return 'unverified'
    return (await this.#runner.undo(progress)) === 'undone' ? 'undone' : 'unverified'
  }

  async #ask({ host }: RollOutEntry, text: string, choices: readonly Choice[]): Promise<Choice> {
    const { screen } = this.#context
    screen.say('bad', text)
    return screen.ask({ hostId: host.id, stop: 'check', choices })
  }

  #summary(entries: readonly RollOutEntry[], outcomes: readonly HostOutcome[]): void {
    const { screen } = this.#context
    const isAll = outcomes.every((outcome) => outcome === 'done')
    screen.say('title', isAll ? '\nAll hosts are repaired.' : '\nIt did not come to its end:')
    for (const [index, { hostName }] of entries.entries()) {
      const outcome = outcomes[index] ?? 'waiting'
      screen.say(
        outcome === 'done' ? 'good' : outcome === 'waiting' ? 'note' : 'bad',
        `${hostName}: ${outcomeWords[outcome]}`,
      )
    }
  }
}
