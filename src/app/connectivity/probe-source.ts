import { notTested, evaluateExec, type ProbedSource } from '../../core/connectivity/evaluate-exec'
import type { SourcePlan } from '../../core/connectivity/plan'
import { buildProbeScripts } from '../../core/connectivity/probe-script'
import { routeEntry } from '../../core/connectivity/route-entry'
import { askableName, probeTarget } from '../../core/connectivity/probe-target'
import type { PairResult, TestedNetwork } from '../../core/connectivity/types'
import { describeError, SwarmNetworksError } from '../../core/errors'
import type { FleetAccess } from '../fleet-access'

/** What the engine may take around the script itself: creating the exec, starting the shell, the way there and back. */
const graceMs = 10_000

export const cancelledReason = 'The test was cancelled'

/** Everything that probing from one container needs. */
export interface ProbeContext {
  readonly fleet: FleetAccess
  readonly network: TestedNetwork
  /** Whether the largest packet that passes is looked for where a full-size one does not. */
  readonly measuresMtu: boolean
  readonly signal: AbortSignal
  /** Called before each exec. */
  readonly onExec: () => void
}

/**
 * Probes from one container. It never throws: what went wrong becomes the reason for which pairs are not tested, and what
 * the container had already said counts.
 */
export async function probeSource(
  context: ProbeContext,
  { from, targets }: SourcePlan,
): Promise<readonly PairResult[]> {
  const ownName = context.network.hasNames ? askableName(from.container) : undefined
  const numbered = new Map(targets.entries())
  const route = routeEntry(context.network.subnets)
  const scripts = buildProbeScripts({
    measuresMtu: context.measuresMtu,
    ...(route !== undefined && { route }),
    ...(ownName !== undefined && { ownName }),
    targets: targets.map((to, index) => probeTarget(index, to, context.network)),
  })
  const results: PairResult[] = []
  // One after the other: a second script would only compete with the first in the same container.
  for (const script of scripts) results.push(...(await runScript(context, { from, targets: numbered, script })))
  return results
}

async function runScript(context: ProbeContext, source: ProbedSource): Promise<readonly PairResult[]> {
  const { fleet, signal, onExec } = context
  const { from, script, targets } = source
  const untested = (reason: string) =>
    script.targets.flatMap(({ index }) => {
      const to = targets.get(index)
      return to ? [notTested(from, to, reason)] : []
    })
  if (signal.aborted) return untested(cancelledReason)
  let heard = ''
  try {
    const { containers } = fleet.client(from.hostId)
    onExec()
    const exit = await containers.exec(
      from.containerId,
      {
        command: ['sh', '-c', script.text],
        deadlineMs: script.limitMs + graceMs,
        onOutput: (text) => (heard += text),
      },
      // Many run side by side: each gets a signal of its own, or Node takes the listeners on one for a leak.
      AbortSignal.any([signal]),
    )
    return evaluateExec(source, exit)
  } catch (error) {
    const reason = SwarmNetworksError.is(error, 'cancelled') ? cancelledReason : describeError(error)
    return evaluateExec(source, { exitCode: 0, stdout: heard, stderr: '', interruption: reason })
  }
}
