import { isAnswer } from '../connectivity/evaluate'
import type { NameResult } from '../connectivity/names/types'
import type { Check, PairResult } from '../connectivity/types'
import type { ConnectivityRun } from '../connectivity/run'

/** One check of a name that failed, and of which name from where. */
export interface NameFailure {
  readonly name: NameResult
  readonly check: Check
}

/**
 * What failed of names that are no container's. What only follows from pairs that fail is left out: where a container
 * cannot be reached or found, neither can the service whose task it is.
 */
export function failuresOfNames({
  names = [],
  pairs,
}: Pick<ConnectivityRun, 'names' | 'pairs'>): readonly NameFailure[] {
  return names.flatMap((name) =>
    name.checks
      .filter((check) => check.result === 'fail' && !isConsequence(name, check, pairs))
      .map((check) => ({ name, check })),
  )
}

/** The tested pairs from the name's source to the tasks of its service, or to whoever else it stands for. */
export function pairsBehind({ from, target }: NameResult, pairs: readonly PairResult[]): readonly PairResult[] {
  const meant = new Set(target.meant.map(({ address }) => address))
  return pairs.filter(
    (pair) =>
      pair.from.containerId === from.containerId &&
      pair.result !== 'not-tested' &&
      ((target.service !== undefined && pair.to.service === target.service) ||
        pair.to.addresses.some(({ address }) => meant.has(address))),
  )
}

function isConsequence(name: NameResult, check: Check, pairs: readonly PairResult[]): boolean {
  const behind = pairsBehind(name, pairs)
  if (check.kind !== 'name') return behind.length > 0 && !behind.some(({ checks }) => checks.some(isAnswer))
  switch (check.observation) {
    case 'resolver-timeout':
      return pairs.some(
        (pair) =>
          pair.from.containerId === name.from.containerId &&
          pair.checks.some(({ observation }) => observation === 'resolver-timeout'),
      )
    case 'unknown-name':
    case 'missing-addresses': {
      const lacking = name.target.meant.filter(({ address }) => !check.addresses?.includes(address))
      const addresses = new Set(lacking.map(({ address }) => address))
      const isLacking = ({ to }: PairResult) => to.addresses.some(({ address }) => addresses.has(address))
      const affected = name.target.virtualAddress === undefined ? behind.filter(isLacking) : behind
      return affected.length > 0 && affected.every(({ result }) => result === 'fail')
    }
    default:
      return false
  }
}
