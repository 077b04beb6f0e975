import { asksForMtu, narrowPair, narrowTarget, type CheckGroup } from '../../core/connectivity/check-group'
import {
  evaluateExec,
  lacksTools,
  notTested,
  type ProbedSource,
  type ProbeExit,
} from '../../core/connectivity/evaluate-exec'
import type { SourcePlan } from '../../core/connectivity/plan'
import { buildProbeScripts } from '../../core/connectivity/probe-script'
import { routeEntry } from '../../core/connectivity/route-entry'
import { askableName, probeTarget } from '../../core/connectivity/probe-target'
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

/**
 * Probes from one container, and where its image has nothing to probe with, from a helper in its network. It never throws:
 * what went wrong becomes the reason for which pairs are not tested, and what the container had already said counts.
 */
export async function probeSource(
  context: ProbeContext,
  { from, targets }: SourcePlan,
): Promise<readonly PairResult[]> {
  const { checks } = context
  const ownName = context.network.hasNames ? askableName(from.container) : undefined
  const numbered = new Map(targets.entries())
  const route = asksForMtu(checks) ? routeEntry(context.network.subnets) : undefined
  const scripts = buildProbeScripts({
    measuresMtu: context.measuresMtu,
    ...(route !== undefined && { route }),
    ...(ownName !== undefined && { ownName }),
    targets: targets.map((to, index) => narrowTarget(probeTarget(index, to, context.network), checks)),
  })
  const sources = scripts.map((script) => ({ from, targets: numbered, script }))
  const runAll = async (containerId: string) => {
    const probes: Probe[] = []
    // One after the other: a second script would only compete with the first in the same container.
    for (const source of sources) probes.push(await runScript(context, source, containerId))
    return probes
  }
  const own = await runAll(from.containerId)
  const results = own.flatMap(({ pairs }) => pairs)
  const { helper } = context
  if (helper === undefined || context.signal.aborted || !own.every((probe) => probe.lacksTools)) return results
  try {
    const client = context.fleet.client(from.hostId)
    const limitMs = scripts.reduce((sum, { limitMs: ms }) => sum + ms + graceMs, graceMs)
    const asked = async (id: string, image: string) => {
      context.onHelp({ container: from.container, host: from.host, image })
      return (await runAll(id)).flatMap(({ pairs }) => pairs)
    }
    const place = { client, host: from.host, containerId: from.containerId, limitMs, options: helper }
    return await withHelper(place, asked, AbortSignal.any([context.signal]))
  } catch (error) {
    const why = describeError(error)
    return results.map((pair) => ({ ...pair, reason: `${pair.reason ?? 'Nothing was tested'}. ${why}` }))
  }
}

/** What one script found. */
interface Probe {
  readonly pairs: readonly PairResult[]
  readonly lacksTools: boolean
}

async function runScript(context: ProbeContext, source: ProbedSource, containerId: string): Promise<Probe> {
  const { fleet, signal, onExec } = context
  const { from, script, targets } = source
  if (signal.aborted) {
    const to = script.targets.flatMap(({ index }) => targets.get(index) ?? [])
    return { pairs: to.map((target) => notTested(from, target, cancelledReason)), lacksTools: false }
  }
  const judge = (exit: ProbeExit) => evaluateExec(source, exit).map((pair) => narrowPair(pair, context.checks))
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
    return { pairs: judge(exit), lacksTools: lacksTools(exit) }
  } catch (error) {
    const reason = SwarmNetworksError.is(error, 'cancelled') ? cancelledReason : describeError(error)
    const exit = { exitCode: 0, stdout: heard, stderr: '', interruption: reason }
    return { pairs: judge(exit), lacksTools: false }
  }
}
