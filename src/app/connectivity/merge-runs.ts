import { nameKey } from '../../core/connectivity/names/types'
import type { PairResult } from '../../core/connectivity/types'
import type { ConnectivityRun } from '../../core/connectivity/run'
import { diagnose } from '../../core/diagnosis/diagnose'
import { mergeReadings } from '../../core/host-checks/merge-readings'
import type { FleetNetwork } from '../../core/model/network'

/** Two tests of one network, of which the newer asked about some of its pairs. */
export interface TwoRuns {
  readonly last: ConnectivityRun
  readonly newer: ConnectivityRun
  /** As it is now. */
  readonly network: Pick<FleetNetwork, 'members'>
}

/**
 * The newer answer for each pair, the last one for those that were not asked, and nothing for containers that are gone.
 * What the hosts said goes with the failures that it explains.
 */
export function mergeRuns({ last, newer, network }: TwoRuns): ConnectivityRun {
  const there = new Set(network.members.map(({ containerId }) => containerId))
  const byPair = new Map<string, PairResult>()
  for (const pair of [...last.pairs, ...newer.pairs])
    if (there.has(pair.from.containerId) && there.has(pair.to.containerId)) byPair.set(keyOf(pair), pair)
  const pairs = [...byPair.values()]
  const asked = new Set(newer.pairs.map(keyOf))
  const open = new Set(pairs.filter((pair) => pair.result === 'fail' && !asked.has(keyOf(pair))).map(keyOf))
  const reading = mergeReadings({
    last: last.reading,
    newer: newer.reading,
    isStillOpen: (ends) => open.has(keyOf(ends)),
    hasOpen: open.size > 0,
  })
  const names = mergeNames(last, newer).filter(({ from }) => there.has(from.containerId))
  const { nameNotes = last.nameNotes, gateways = last.gateways } = newer
  const whole = {
    ...{ ...newer, pairs },
    ...(names.length > 0 && { names }),
    ...(nameNotes && { nameNotes }),
    ...(gateways && { gateways }),
    ...(reading && { reading }),
  }
  return { ...whole, findings: diagnose(whole) }
}

function mergeNames(last: ConnectivityRun, newer: ConnectivityRun): NonNullable<ConnectivityRun['names']> {
  const byKey = new Map([...(last.names ?? []), ...(newer.names ?? [])].map((name) => [nameKey(name), name]))
  return [...byKey.values()]
}

function keyOf({ from, to }: Pick<PairResult, 'from' | 'to'>): string {
  return `${from.containerId} ${to.containerId}`
}
