import type { ContractRun } from '../../core/contract/contract-run'
import { forEachBounded } from '../../core/collections/for-each-bounded'
import { judgeLine, judgeUnmatched } from '../../core/contract/judge'
import { planContract, testPlan, type ContractGroup } from '../../core/contract/plan-contract'
import { planControls, portOf, Seen } from '../../core/contract/proof'
import { resolveContract, type ResolvedContract } from '../../core/contract/resolve'
import type { ResolvedLine } from '../../core/contract/resolved-line'
import type { Contract, ContractProblem } from '../../core/contract/types'
import type { HelpedSource, PairResult, UnreachableHost } from '../../core/connectivity/types'
import type { ConnectivityRun } from '../../core/connectivity/run'
import { diagnose } from '../../core/diagnosis/diagnose'
import type { Finding } from '../../core/diagnosis/finding'
import { runPlan, type RunOptions } from '../connectivity-service'
import type { FleetAccess } from '../fleet-access'

/** Either lines that no world can keep together, with nothing tested, or the outcome. */
export type ContractOutcome =
  | { readonly problems: readonly ContractProblem[]; readonly run?: undefined }
  | { readonly run: ContractRun; readonly problems?: undefined }

/**
 * Tests the lines of a contract: each pair once, whatever number of lines is about it, and for what must not be reached and
 * is not, the target itself, whether there is something to reach. A line that means nobody is not tested, and says why.
 */
export async function runContract(
  fleet: FleetAccess,
  contract: Contract,
  options: RunOptions,
): Promise<ContractOutcome> {
  const startedAt = options.clock.now()
  const resolved = resolveContract(contract, fleet.fleet)
  if (resolved.contradictions.length > 0) return { problems: resolved.contradictions }
  const work = new Work(fleet, contract, options)
  await work.ask(resolved)
  const { seen } = work
  const findings = work.findings(resolved.lines)
  const judged = [
    ...resolved.lines.map((line) => judgeLine(line, { seen, findings })),
    ...resolved.unmatched.map(judgeUnmatched),
  ]
  const lines = contract.lines.flatMap((line) => judged.filter((one) => one.line === line))
  return {
    run: {
      startedAt,
      durationMs: options.clock.now() - startedAt,
      execs: work.execs,
      isCancelled: options.signal.aborted,
      lines,
      findings: [...new Set(lines.flatMap((line) => line.findings))],
      helped: work.helped,
      unreachableHosts: work.unreachableHosts,
    },
  }
}

/** Each test has bounds of its own for hosts and execs. */
const networksAtATime = 4

type GroupRun = Omit<ConnectivityRun, 'findings'>

class Work {
  readonly seen = new Seen()
  readonly #runs: GroupRun[] = []
  readonly #fleet: FleetAccess
  readonly #contract: Contract
  readonly #options: RunOptions

  constructor(fleet: FleetAccess, contract: Contract, options: RunOptions) {
    this.#fleet = fleet
    this.#contract = contract
    this.#options = options
  }

  get execs(): number {
    return this.#runs.reduce((sum, { execs }) => sum + execs, 0)
  }

  get helped(): readonly HelpedSource[] {
    const all = this.#runs.flatMap(({ helped = [] }) => helped)
    return [...new Map(all.map((one) => [`${one.host} ${one.container}`, one])).values()]
  }

  get unreachableHosts(): readonly UnreachableHost[] {
    return [...new Map(this.#runs.flatMap((run) => run.unreachableHosts).map((host) => [host.hostId, host])).values()]
  }

  async ask({ lines }: ResolvedContract): Promise<void> {
    await forEachBounded(planContract(lines), networksAtATime, async (group) => {
      const anew = () => planContract(resolveContract(this.#contract, this.#fleet.fleet).lines)
      const { pairs } = await this.#run(group, {
        anew: () => anew().find(({ key }) => key === group.key),
        required: requiredEvidence(lines),
      })
      this.seen.add(group.key, pairs)
    })
    if (this.#options.signal.aborted) return
    await forEachBounded(planControls(lines, this.seen), networksAtATime, async (group) => {
      // What proves that there was something to reach is no line's: nothing of it is a fault.
      const { pairs } = await this.#run(group, { anew: () => group, required: () => [] })
      this.seen.addControls(pairs)
    })
  }

  /** What the diagnosis makes of the pairs that must reach each other; what must not, is meant to fail. */
  findings(lines: readonly ResolvedLine[]): readonly Finding[] {
    const evidence = requiredEvidence(lines)
    return this.#runs.flatMap((run) => diagnose({ ...run, pairs: run.pairs.flatMap(evidence), unreachableHosts: [] }))
  }

  async #run(group: ContractGroup, { anew, required }: GroupOptions): Promise<GroupRun> {
    const run = await runPlan(
      this.#fleet,
      (part) => testPlan(part ? (anew() ?? group) : group, this.#fleet.fleet, part?.pairs),
      { ...this.#options, required },
    )
    this.#runs.push(run)
    return run
  }
}

interface GroupOptions {
  /** The group as it is later: a container that has just started may have its address only then. */
  readonly anew: () => ContractGroup | undefined
  readonly required: (pair: PairResult) => readonly PairResult[]
}

/** Of a pair's result what its lines require: a port that must stay closed is no fault. */
function requiredEvidence(lines: readonly ResolvedLine[]): (pair: PairResult) => readonly PairResult[] {
  const portsOf = new Map<string, Set<number>>()
  for (const { line, pairs } of lines)
    for (const pair of line.obligation === 'must' ? pairs : []) {
      const ports = portsOf.get(idOf(pair)) ?? new Set()
      portsOf.set(idOf(pair), ports)
      for (const ask of line.asks) ports.add(portOf(ask) ?? 0)
    }
  return (pair) => {
    const ports = portsOf.get(idOf(pair))
    if (ports === undefined || pair.to.wanted?.key !== '') return []
    const checks = pair.checks.filter(({ port }) => port === undefined || ports.has(port))
    const isFault = checks.some(({ result }) => result === 'fail')
    return [{ ...pair, checks, result: isFault || pair.result !== 'fail' ? pair.result : 'pass' }]
  }
}

function idOf({ from, to }: Pick<PairResult, 'from' | 'to'>): string {
  return `${from.hostId} ${from.containerId} ${to.hostId} ${to.containerId}`
}
