import { forEachBounded } from '../core/collections/for-each-bounded'
import { groupBy } from '../core/collections/group-by'
import { narrowName, type CheckGroup } from '../core/connectivity/check-group'
import { doubtfulPairs } from '../core/connectivity/doubtful'
import { notTested } from '../core/connectivity/evaluate-exec'
import { doubtfulNames, mayBeOnItsWay } from '../core/connectivity/names/doubtful-names'
import { nameNotTested } from '../core/connectivity/names/evaluate-names'
import { nameKey, type NameResult } from '../core/connectivity/names/types'
import { pairsToCount } from '../core/connectivity/pairs-to-count'
import { pairsToMeasure } from '../core/connectivity/pairs-to-measure'
import { planSources, planTest, type PairFilter, type PairKey, type TestPlan } from '../core/connectivity/plan'
import { probeName } from '../core/connectivity/probe-target'
import type { HelpedSource, PairResult, Peer } from '../core/connectivity/types'
import type { ConnectivityRun } from '../core/connectivity/run'
import { diagnose } from '../core/diagnosis/diagnose'
import type { TestOutcome } from '../core/diagnosis/evidence'
import { isUnsettled } from '../core/host-checks/is-unsettled'
import { isWorthAsking } from '../core/host-checks/is-worth-asking'
import { count } from '../core/text/count'
import type { Clock } from '../core/ports/environment'
import { pause } from './connectivity/pause'
import type { HelperOptions } from './connectivity/helper'
import { cancelledReason, probeSource, type SourceResults } from './connectivity/probe-source'
import { readNames } from './connectivity/read-names'
import type { TestObserver } from './connectivity/test-observer'
import type { FleetAccess } from './fleet-access'
import type { HostCheckOptions } from './host-checks/host-checks'
import { readHosts } from './host-checks/read-hosts'

const hostsAtATime = 8
/** An exec costs its engine some 70 ms whether it runs alone or beside others. */
const execsPerHostAtATime = 4
const secondLookAfterMs = 2_000
/** Together what gossip may take to find a host again. */
const convergenceMs = [3_000, 5_000, 8_000, 12_000, 17_000] as const

export interface ConnectivityTestOptions extends PairFilter, RunOptions {
  /** These further names and no others, by `nameKey`; where only some pairs are tested, none unless they are named. */
  readonly onlyNames?: readonly string[]
  /** Where only some pairs are tested: the containers, by ID, from which all further names are asked for as well. */
  readonly namesFrom?: readonly string[]
}

/** A part of a plan. */
export interface PlanPart {
  readonly pairs: readonly PairKey[]
  /** By `nameKey`. */
  readonly names: readonly string[]
}

/** The plan as the fleet is now, whole or of this part: it is asked again for what is tested again. */
export type PlanOf = (part?: PlanPart) => TestPlan | Promise<TestPlan>

/** How a plan is carried out. */
export interface RunOptions {
  /** Gets one line at a time, for a person. */
  readonly onProgress?: (message: string) => void
  /** Absent: containers whose image has nothing to probe with are not tested. */
  readonly helper?: HelperOptions
  /** Only these checks; absent: all. */
  readonly checks?: CheckGroup
  readonly observer?: TestObserver
  /** How the hosts are asked where something failed; absent: they are not. */
  readonly hostChecks?: HostCheckOptions
  /** Asks the hosts whether or not anything fails. */
  readonly alwaysAsksHosts?: boolean
  /** What of a pair's result is a fault if it fails; absent: all of it. A contract has pairs that are meant to fail. */
  readonly required?: (pair: PairResult) => readonly PairResult[]
  readonly signal: AbortSignal
  readonly clock: Clock
}

/**
 * Tests who reaches whom on a network: one exec a source container, all sources side by side within bounds. What failed
 * and may only be young is tested once more. A host or a container that cannot be asked leaves its pairs not tested, with
 * the reason; a cancelled test keeps what it has.
 *
 * @throws SwarmNetworksError where there is nothing to test on this network at all, as `planTest` says
 */
export async function runConnectivityTest(
  fleet: FleetAccess,
  networkKey: string,
  options: ConnectivityTestOptions,
): Promise<ConnectivityRun> {
  const { checks, signal } = options
  const planOf: PlanOf = async (part) => {
    const snapshot = fleet.fleet
    const network = snapshot.networks.find(({ key }) => key === networkKey)
    const isPartly = part !== undefined || options.onlyPairs !== undefined
    const wantedNames = part ? part.names : [...(options.onlyNames ?? []), ...(options.namesFrom ?? [])]
    const wantsNames = checks !== 'ping' && checks !== 'mtu' && !(isPartly && wantedNames.length === 0)
    // Refused before anything is asked.
    if (part === undefined) planTest(snapshot, networkKey, options)
    const nameReading = network && wantsNames ? { nameReading: await readNames(fleet, network, signal) } : {}
    const filter = part ? { onlyPairs: part.pairs, onlyNames: part.names } : options
    const plan = planTest(snapshot, networkKey, { ...filter, ...nameReading })
    const names = plan.names?.filter(({ target }) => narrowName(probeName(0, target), checks) !== undefined)
    return { ...plan, ...(names && { names }) }
  }
  const planned = await runPlan(fleet, planOf, options)
  return { ...planned, findings: diagnose(planned) }
}

/**
 * Carries out a plan, as `runConnectivityTest` says, and leaves it to the caller what to make of the results.
 */
export async function runPlan(
  fleet: FleetAccess,
  planOf: PlanOf,
  options: RunOptions,
): Promise<Omit<ConnectivityRun, 'findings'>> {
  const { clock, signal, onProgress } = options
  const startedAt = clock.now()
  const test = new Test(fleet, options)
  const plan = await planOf()
  let found = await test.run(plan)

  const doubtful = signal.aborted ? [] : doubtfulPairs(found.pairs, fleet.fleet, clock.now())
  const doubtfulToo = signal.aborted ? [] : doubtfulNames(found.names)
  if (doubtful.length + doubtfulToo.length > 0) {
    const what = [
      ...(doubtful.length > 0 ? [count(doubtful.length, 'pair')] : []),
      ...(doubtfulToo.length > 0 ? [count(doubtfulToo.length, 'name')] : []),
    ]
    onProgress?.(`Testing ${what.join(' and ')} again in a moment…`)
    await pause(clock, secondLookAfterMs, signal)
    // Planned anew: a container that has just started may have its address only now.
    if (!signal.aborted) found = merge(found, await test.run(await planOf({ pairs: doubtful, names: doubtfulToo })))
  }
  const doubted = signal.aborted ? [] : [...pairsToMeasure(found.pairs), ...pairsToCount(found.pairs)]
  if (doubted.length > 0) {
    onProgress?.('Measuring how large a packet may be, and how many get lost…')
    found = merge(found, await test.run(await planOf({ pairs: doubted, names: [] }), { measuresMtu: true }))
  }
  const { network, unreachableHosts, nameNotes, gateways } = plan
  const outcome = { network, unreachableHosts, ...(gateways && { gateways }), ...asOutcome(found) }
  const looked = await test.lookAtHosts(outcome, planOf)
  return {
    startedAt,
    durationMs: clock.now() - startedAt,
    execs: test.execs,
    isCancelled: signal.aborted,
    ...(test.helped.length > 0 && { helped: test.helped }),
    ...(nameNotes && { nameNotes }),
    ...looked,
  }
}

/** Carries out plans and counts what that takes. */
class Test {
  execs = 0
  readonly #helped = new Map<string, HelpedSource>()
  readonly #fleet: FleetAccess
  readonly #options: RunOptions

  constructor(fleet: FleetAccess, options: RunOptions) {
    this.#fleet = fleet
    this.#options = options
  }

  /** Each container once, however often it was asked. */
  get helped(): readonly HelpedSource[] {
    return [...this.#helped.values()]
  }

  /**
   * Asks the hosts where something is wrong. What may only be on its way (names, peers) is tested again until it is there,
   * or until it cannot be expected any more.
   */
  async lookAtHosts(outcome: TestOutcome, planOf: PlanOf): Promise<TestOutcome> {
    const { signal, clock, onProgress, hostChecks, required, alwaysAsksHosts = false } = this.#options
    const { fleet } = this.#fleet
    const network = fleet.networks.find(({ id }) => id === outcome.network.id)
    const faultsOf = (pairs: readonly PairResult[]) => (required ? pairs.flatMap(required) : pairs)
    if (hostChecks === undefined || signal.aborted) return outcome
    const faults = { ...outcome, pairs: faultsOf(outcome.pairs) }
    if (!alwaysAsksHosts && !isWorthAsking(fleet, network, faults)) return outcome
    const look = async ({ pairs, names }: SourceResults): Promise<TestOutcome> => {
      onProgress?.('Asking the hosts about each other…')
      const asked = { fleet: this.#fleet, network: outcome.network, pairs: faultsOf(pairs), clock, signal }
      return { ...outcome, ...asOutcome({ pairs, names }), reading: await readHosts({ ...hostChecks, ...asked }) }
    }
    const resultsOf = ({ pairs, names = [] }: TestOutcome): SourceResults => ({ pairs, names })
    let looked = await look(resultsOf(outcome))
    const isOver = () => signal.aborted
    for (const ms of convergenceMs) {
      if (isOver() || !isUnsettled({ ...looked, pairs: faultsOf(looked.pairs) })) break
      onProgress?.(`Names may still be on their way between the hosts: testing again in ${ms / 1_000} seconds…`)
      await pause(clock, ms, signal)
      if (isOver()) break
      const failed = faultsOf(looked.pairs).filter(({ checks }) => checks.some(({ result }) => result === 'fail'))
      const pairs = failed.map(({ from, to }) => ({ from: from.containerId, to: to.containerId }))
      const names = (looked.names ?? []).filter(mayBeOnItsWay).map(nameKey)
      const again = await this.run(await planOf({ pairs, names }))
      looked = await look(merge(resultsOf(looked), again))
    }
    return looked
  }

  /** The result of every planned pair and name, in the order of the plan. */
  async run({ network, pairs, names = [] }: TestPlan, { measuresMtu = false } = {}): Promise<SourceResults> {
    const { signal, onProgress, helper, checks, observer } = this.#options
    observer?.planned?.(pairs)
    observer?.found?.(pairs.flatMap(({ decided }) => decided ?? []))
    const sources = planSources(pairs, names)
    const found = new Map<string, PairResult>()
    const foundNames = new Map<string, NameResult>()
    let done = 0
    const report = () => onProgress?.(`Asked ${done} of ${count(sources.length, 'container')}`)
    if (sources.length > 0) report()
    const context = {
      ...{ fleet: this.#fleet, network, measuresMtu, signal },
      ...(helper && { helper }),
      ...(checks && { checks }),
      onExec: () => (this.execs += 1),
      onHelp: (helped: HelpedSource) => void this.#helped.set(`${helped.host} ${helped.container}`, helped),
    }
    const byHost = [...groupBy(sources, ({ from }) => from.hostId).values()]
    await forEachBounded(byHost, hostsAtATime, (own) =>
      forEachBounded(own, execsPerHostAtATime, async (source) => {
        observer?.asking?.(source)
        const results = await probeSource(context, source)
        for (const result of results.pairs) found.set(pairKey(result), result)
        for (const result of results.names) foundNames.set(nameKey(result), result)
        observer?.found?.(results.pairs)
        done++
        report()
      }),
    )
    return {
      pairs: pairs.map(
        (pair) => pair.decided ?? found.get(pairKey(pair)) ?? notTested(pair.from, pair.to, nothingHeard),
      ),
      names: names.map((name) => foundNames.get(nameKey(name)) ?? nameNotTested(name, nothingHeard)),
    }
  }
}

const nothingHeard = 'Nothing was heard of it'

/** A second look counts more than the first, unless it saw nothing. */
function merge(first: SourceResults, second: SourceResults): SourceResults {
  const saw = ({ reason }: PairResult | NameResult) => reason !== cancelledReason
  const pairs = new Map(second.pairs.filter(saw).map((pair) => [pairKey(pair), pair]))
  const names = new Map(second.names.filter(saw).map((name) => [nameKey(name), name]))
  return {
    pairs: first.pairs.map((pair) => pairs.get(pairKey(pair)) ?? pair),
    names: first.names.map((name) => names.get(nameKey(name)) ?? name),
  }
}

/** Without a list of names where there are none. */
function asOutcome({ pairs, names }: SourceResults): Pick<TestOutcome, 'pairs' | 'names'> {
  return { pairs, ...(names.length > 0 && { names }) }
}

function pairKey({ from, to }: { readonly from: Peer; readonly to: Peer }): string {
  return `${from.containerId} ${to.containerId} ${to.wanted?.key ?? ''}`
}
