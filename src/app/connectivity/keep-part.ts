import type { ConnectivityRun } from '../../core/connectivity/run'
import type { Fleet } from '../../core/model/fleet'
import { findNetwork } from '../fleet-lookup'
import type { TestResults } from '../test-results'
import { mergeRuns } from './merge-runs'

/** A test of some pairs of a network. */
export interface PartialTest {
  readonly networkKey: string
  readonly newer: ConnectivityRun
}

/**
 * Keeps a test of some pairs. The network's result keeps what is known of the others: a failure elsewhere does not become
 * unseen because something else was asked. What somebody ended early is kept only where there is nothing else.
 */
export function keepPart(results: TestResults, fleet: Fleet, { networkKey, newer }: PartialTest): void {
  const last = results.latest(networkKey)
  const network = findNetwork(fleet, networkKey)
  if (last === undefined || network === undefined) results.set(networkKey, newer)
  else if (!newer.isCancelled) results.set(networkKey, mergeRuns({ last, newer, network }))
}
