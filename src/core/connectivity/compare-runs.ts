import type { Finding } from '../diagnosis/finding'
import type { PairResult } from './types'
import type { ConnectivityRun, EarlierRun } from './run'

/** A pair that both runs have, and what each of them found. */
export interface PairChange {
  readonly before: PairResult
  readonly now: PairResult
}

/** What is another one than before. */
export interface RunChanges {
  /** Did not pass before, and pass now. */
  readonly mended: readonly PairChange[]
  /** Did not fail before, and fail now; pairs that were not there before are not among them. */
  readonly broken: readonly PairChange[]
  /** Causes that are not found any more, and those that were not found before. */
  readonly gone: readonly Finding[]
  readonly appeared: readonly Finding[]
}

/**
 * Compares a run with the one before it. Containers are the same by host and name, so that one that was made anew counts.
 */
export function compareRuns(before: EarlierRun, now: Pick<ConnectivityRun, 'pairs' | 'findings'>): RunChanges {
  const earlier = new Map(before.pairs.map((pair) => [placeOf(pair), pair]))
  const both = now.pairs.flatMap((pair) => {
    const same = earlier.get(placeOf(pair))
    return same === undefined || same.result === pair.result ? [] : [{ before: same, now: pair }]
  })
  const known = new Set(before.findings.map(identityOf))
  const found = new Set(now.findings.map(identityOf))
  return {
    mended: both.filter((change) => change.now.result === 'pass'),
    broken: both.filter((change) => change.now.result === 'fail'),
    gone: before.findings.filter((finding) => !found.has(identityOf(finding))),
    appeared: now.findings.filter((finding) => !known.has(identityOf(finding))),
  }
}

function placeOf({ from, to }: PairResult): string {
  return JSON.stringify([from.hostId, from.container, to.hostId, to.container])
}

/** Titles and evidence hold figures that differ from run to run. */
function identityOf({ cause, hosts, containers }: Finding): string {
  return JSON.stringify([cause, hosts.toSorted(), containers.toSorted()])
}
