import { asksForMtu, narrowName, narrowPair, narrowTarget, type CheckGroup } from '../../core/connectivity/check-group'
import {
  evaluateExec,
  evaluateNames,
  lacksTools,
  notTested,
  type ProbedSource,
  type ProbeExit,
} from '../../core/connectivity/evaluate-exec'
import { nameNotTested } from '../../core/connectivity/names/evaluate-names'
import type { NameResult } from '../../core/connectivity/names/types'
import type { SourcePlan } from '../../core/connectivity/plan'
import { buildProbeScripts } from '../../core/connectivity/probe-script'
import { routeEntry } from '../../core/connectivity/route-entry'
import { askableName, probeName, probeTarget } from '../../core/connectivity/probe-target'
import type { HelpedSource, PairResult, TestedNetwork } from '../../core/connectivity/types'
import { describeError, SwarmNetworksError } from '../../core/errors'
import type { FleetAccess } from '../fleet-access'
import { withHelper, type HelperOptions } from './helper'

/** What the engine may take around the script itself: creating the exec, starting the shell, the way there and back. */
const graceMs = 10_000

export const cancelledReason = 'The test was cancelled'

/** Everything that probing from one container needs. */
export interface ProbeContext {
  readonly fleet: FleetAccess
  readonly network: TestedNetwork
  /** Whether the largest packet that passes is looked for where a full-size one does not. */
  readonly measuresMtu: boolean
  /** Only these checks; absent: all. */
  readonly checks?: CheckGroup
  /** Absent: containers whose image has no tools are not tested. */
  readonly helper?: HelperOptions
  /** Called for each container that is asked through a helper. */
  readonly onHelp: (helped: HelpedSource) => void
  readonly signal: AbortSignal
  /** Called before each exec. */
  readonly onExec: () => void
}

/** What was found from one container. */
export interface SourceResults {
  readonly pairs: readonly PairResult[]
  readonly names: readonly NameResult[]
}

/**
 * Probes from one container, and where its image has nothing to probe with, from a helper in its network. It never throws:
 * what went wrong becomes the reason for which pairs are not tested, and what the container had already said counts.
 */
export async function probeSource(context: ProbeContext, { from, targets, names }: SourcePlan): Promise<SourceResults> {
  const { checks } = context
  const ownName = context.network.hasNames ? askableName(from.container) : undefined
  const numbered = new Map(targets.entries())
  const numberedNames = new Map(names.map((planned, position) => [targets.length + position, planned]))
  const route = asksForMtu(checks) ? routeEntry(context.network.subnets) : undefined
  const scripts = buildProbeScripts({
    measuresMtu: context.measuresMtu,
    ...(route !== undefined && { route }),
    ...(ownName !== undefined && { ownName }),
    targets: [
      ...targets.map((to, index) => narrowTarget(probeTarget(index, to, context.network), checks)),
      ...[...numberedNames].flatMap(([index, { target }]) => narrowName(probeName(index, target), checks) ?? []),
    ],
  })
  const sources = scripts.map((script) => ({ from, targets: numbered, names: numberedNames, script }))
  const runAll = async (containerId: string) => {
    const probes: Probe[] = []
    // One after the other: a second script would only compete with the first in the same container.
    for (const source of sources) probes.push(await runScript(context, source, containerId))
    return probes
  }
  const own = await runAll(from.containerId)
  const results = join(own)
  const { helper } = context
  if (helper === undefined || context.signal.aborted || !own.every((probe) => probe.lacksTools)) return results
  try {
    const client = context.fleet.client(from.hostId)
    const limitMs = scripts.reduce((sum, { limitMs: ms }) => sum + ms + graceMs, graceMs)
    const asked = async (id: string, image: string) => {
      context.onHelp({ container: from.container, host: from.host, image })
      return join(await runAll(id))
    }
    const place = { client, host: from.host, containerId: from.containerId, limitMs, options: helper }
    return await withHelper(place, asked, AbortSignal.any([context.signal]))
  } catch (error) {
    const why = describeError(error)
    const explain = <T extends PairResult | NameResult>(result: T): T => ({
      ...result,
      reason: `${result.reason ?? 'Nothing was tested'}. ${why}`,
    })
    return { pairs: results.pairs.map(explain), names: results.names.map(explain) }
  }
}

function join(probes: readonly SourceResults[]): SourceResults {
  return { pairs: probes.flatMap(({ pairs }) => pairs), names: probes.flatMap(({ names }) => names) }
}

/** What one script found. */
interface Probe extends SourceResults {
  readonly lacksTools: boolean
}

async function runScript(context: ProbeContext, source: ProbedSource, containerId: string): Promise<Probe> {
  const { fleet, signal, onExec } = context
  const { from, script, targets } = source
  if (signal.aborted) {
    const to = script.targets.flatMap(({ index }) => targets.get(index) ?? [])
    const names = script.targets.flatMap(({ index }) => source.names?.get(index) ?? [])
    return {
      pairs: to.map((target) => notTested(from, target, cancelledReason)),
      names: names.map((planned) => nameNotTested(planned, cancelledReason)),
      lacksTools: false,
    }
  }
  const judge = (exit: ProbeExit): SourceResults => ({
    pairs: evaluateExec(source, exit).map((pair) => narrowPair(pair, context.checks)),
    names: evaluateNames(source, exit),
  })
  let heard = ''
  try {
    const { containers } = fleet.client(from.hostId)
    onExec()
    const exit = await containers.exec(
      containerId,
      {
        command: ['sh', '-c', script.text],
        deadlineMs: script.limitMs + graceMs,
        onOutput: (text) => (heard += text),
      },
      // Many run side by side: each gets a signal of its own, or Node takes the listeners on one for a leak.
      AbortSignal.any([signal]),
    )
    return { ...judge(exit), lacksTools: lacksTools(exit) }
  } catch (error) {
    const reason = SwarmNetworksError.is(error, 'cancelled') ? cancelledReason : describeError(error)
    const exit = { exitCode: 0, stdout: heard, stderr: '', interruption: reason }
    return { ...judge(exit), lacksTools: false }
  }
}
