import type { ConnectivityRun, PairResult } from '../../core/connectivity/types'
import { diagnose } from '../../core/diagnosis/diagnose'
import type { FleetNetwork } from '../../core/model/network'

/** Two tests of one network, of which the newer asked about some of its pairs. */
export interface TwoRuns {
  readonly last: ConnectivityRun
  readonly newer: ConnectivityRun
  /** As it is now. */
  readonly network: Pick<FleetNetwork, 'members'>
}

/** The newer answer for each pair, the last one for those that were not asked, and nothing for containers that are gone. */
export function mergeRuns({ last, newer, network }: TwoRuns): ConnectivityRun {
  const there = new Set(network.members.map(({ containerId }) => containerId))
  const merged = new Map<string, PairResult>()
  for (const pair of [...last.pairs, ...newer.pairs])
    if (there.has(pair.from.containerId) && there.has(pair.to.containerId))
      merged.set(`${pair.from.containerId} ${pair.to.containerId}`, pair)
  const pairs = [...merged.values()]
  return { ...newer, pairs, findings: diagnose({ ...newer, pairs }) }
}
