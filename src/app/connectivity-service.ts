import { forEachBounded } from '../core/collections/for-each-bounded'
import { groupBy } from '../core/collections/group-by'
import type { CheckGroup } from '../core/connectivity/check-group'
import { doubtfulPairs } from '../core/connectivity/doubtful'
import { notTested } from '../core/connectivity/evaluate-exec'
import { pairsToMeasure } from '../core/connectivity/pairs-to-measure'
import { planSources, planTest, type PairFilter, type PairKey, type TestPlan } from '../core/connectivity/plan'
import type { ConnectivityRun, HelpedSource, PairResult, Peer } from '../core/connectivity/types'
import { diagnose } from '../core/diagnosis/diagnose'
import { count } from '../core/text/count'
import type { Clock } from '../core/ports/environment'
import { pause } from './connectivity/pause'
import type { HelperOptions } from './connectivity/helper'
import { cancelledReason, probeSource } from './connectivity/probe-source'
import type { TestObserver } from './connectivity/test-observer'
import type { FleetAccess } from './fleet-access'

const hostsAtATime = 8
/** An exec costs its engine some 70 ms whether it runs alone or beside others. */
const execsPerHostAtATime = 4
const secondLookAfterMs = 2_000

export interface ConnectivityTestOptions extends PairFilter, RunOptions {}

/** How a plan is carried out. */
export interface RunOptions {
  /** Gets one line at a time, for a person. */
  readonly onProgress?: (message: string) => void
  /** Absent: containers whose image has nothing to probe with are not tested. */
  readonly helper?: HelperOptions
  /** Only these checks; absent: all. */
  readonly checks?: CheckGroup
  readonly observer?: TestObserver
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
  const planned = await runPlan(
    fleet,
    (onlyPairs) => planTest(fleet.fleet, networkKey, onlyPairs ? { onlyPairs } : options),
    options,
  )
  return { ...planned, findings: diagnose(planned) }
}

/**
 * Carries out a plan, as `runConnectivityTest` says, and leaves it to the caller what to make of the results.
 *
 * @param planOf the plan as the fleet is now, whole or of these pairs: it is asked again for what is tested again
 */
export async function runPlan(
  fleet: FleetAccess,
  planOf: (onlyPairs?: readonly PairKey[]) => TestPlan,
  options: RunOptions,
): Promise<Omit<ConnectivityRun, 'findings'>> {
  const { clock, signal, onProgress } = options
  const startedAt = clock.now()
  const test = new Test(fleet, options)
  const plan = planOf()
  let pairs = await test.run(plan)

  const doubtful = signal.aborted ? [] : doubtfulPairs(pairs, fleet.fleet, clock.now())
  if (doubtful.length > 0) {
    onProgress?.(`Testing ${count(doubtful.length, 'pair')} again in a moment…`)
    await pause(clock, secondLookAfterMs, signal)
    // Planned anew: a container that has just started may have its address only now.
    if (!signal.aborted) pairs = merge(pairs, await test.run(planOf(doubtful)))
  }
  const oversized = signal.aborted ? [] : pairsToMeasure(pairs)
  if (oversized.length > 0) {
    onProgress?.('Measuring how large a packet may be…')
    pairs = merge(pairs, await test.run(planOf(oversized), { measuresMtu: true }))
  }
  const { network, unreachableHosts } = plan
  return {
    network,
    startedAt,
    durationMs: clock.now() - startedAt,
    execs: test.execs,
    isCancelled: signal.aborted,
    ...(test.helped.length > 0 && { helped: test.helped }),
    pairs,
    unreachableHosts,
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

  /** The result of every planned pair, in the order of the plan. */
  async run({ network, pairs }: TestPlan, { measuresMtu = false } = {}): Promise<readonly PairResult[]> {
    const { signal, onProgress, helper, checks, observer } = this.#options
    observer?.planned?.(pairs)
    observer?.found?.(pairs.flatMap(({ decided }) => decided ?? []))
    const sources = planSources(pairs)
    const found = new Map<string, PairResult>()
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
        for (const result of results) found.set(pairKey(result), result)
        observer?.found?.(results)
        done++
        report()
      }),
    )
    return pairs.map(
      (pair) => pair.decided ?? found.get(pairKey(pair)) ?? notTested(pair.from, pair.to, 'Nothing was heard of it'),
    )
  }
}

/** A second look counts more than the first, unless it saw nothing. */
function merge(first: readonly PairResult[], second: readonly PairResult[]): readonly PairResult[] {
  const newer = new Map(second.filter(({ reason }) => reason !== cancelledReason).map((pair) => [pairKey(pair), pair]))
  return first.map((pair) => newer.get(pairKey(pair)) ?? pair)
}

function pairKey({ from, to }: { readonly from: Peer; readonly to: Peer }): string {
  return `${from.containerId} ${to.containerId} ${to.wanted?.key ?? ''}`
}
