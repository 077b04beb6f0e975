import { unreachableHosts } from '../connectivity/unreachable-hosts'
import type { UnreachableHost } from '../connectivity/types'
import type { Fleet } from '../model/fleet'
import type { FleetNetwork } from '../model/network'
import { candidatesOn, matches, networksNamed, testableNetworks, type Candidate } from './members'
import { contradictingPairs, nobodyMatches, onlyItself, unknownNetwork } from './resolve-problems'
import type { LinePair, ResolvedLine } from './resolved-line'
import type { Contract, ContractLine, ContractProblem, Selector } from './types'

/** A line that means nobody now, and why. */
export interface UnmatchedLine {
  readonly line: ContractLine
  readonly problems: readonly ContractProblem[]
}

export interface ResolvedContract {
  readonly lines: readonly ResolvedLine[]
  /** They cannot be tested; the others can. */
  readonly unmatched: readonly UnmatchedLine[]
  /** Lines that no world can keep together: nothing is tested then. */
  readonly contradictions: readonly ContractProblem[]
}

/** Whom the lines of a contract mean in the fleet as it is. A line that means nobody is an error: it would prove nothing. */
export function resolveContract({ lines }: Contract, fleet: Fleet): ResolvedContract {
  const everywhere = testableNetworks(fleet)
  const known = new Map<string, readonly Candidate[]>()
  const candidates = (networks: readonly FleetNetwork[]) => {
    const key = networks.map((network) => network.key).join(' ')
    const found = known.get(key) ?? candidatesOn(fleet, networks)
    known.set(key, found)
    return found
  }
  const resolved: ResolvedLine[] = []
  const unmatched: UnmatchedLine[] = []
  for (const line of lines) {
    const networks = line.network === undefined ? everywhere : networksNamed(everywhere, line.network.name)
    if (line.network !== undefined && networks.length === 0) {
      unmatched.push({ line, problems: [unknownNetwork(line.network, everywhere)] })
      continue
    }
    const here = candidates(networks)
    const world = { fleet, line, networks, here, everybody: () => candidates(everywhere) }
    const empty = [...line.from, ...line.to].filter((selector) => !here.some((one) => matches(selector, one)))
    if (empty.length > 0) {
      unmatched.push({ line, problems: empty.map((selector) => nobodyMatches(selector, world)) })
      continue
    }
    const pairs = pairsOf(line, here)
    if (pairs.length === 0) unmatched.push({ line, problems: [onlyItself(line)] })
    else resolved.push({ line, pairs, unseen: unseenHosts(fleet, line, networks) })
  }
  return { lines: resolved, unmatched, contradictions: contradictingPairs(resolved) }
}

function pairsOf({ from, to }: ContractLine, here: readonly Candidate[]): readonly LinePair[] {
  const sources = here.filter((one) => from.some((selector) => matches(selector, one)))
  return sources.flatMap((source) =>
    here.flatMap((target) => {
      const meant = to.find((selector) => matches(selector, target))
      return meant === undefined || source.container === target.container ? [] : [pairOf(source, target, meant)]
    }),
  )
}

function pairOf(source: Candidate, target: Candidate, meant: Selector): LinePair {
  for (const { network, peer } of source.places) {
    const same = target.places.find((place) => place.network === network)
    if (same) return { from: peer, to: same.peer, meant, network, isShared: true }
  }
  const [{ peer: from }] = source.places
  const [{ peer: to, network }] = target.places
  return { from, to, meant, network, isShared: false }
}

/** A container that is named is found or not; of a group nobody knows whether a silent host has more. */
function unseenHosts(
  fleet: Fleet,
  { from, to }: ContractLine,
  networks: readonly FleetNetwork[],
): readonly UnreachableHost[] {
  const mayHaveMore = [...from, ...to].some(
    ({ kind, host }) => kind !== 'container' && kind !== 'name' && host === undefined,
  )
  if (!mayHaveMore) return []
  const silent = networks.flatMap((network) => unreachableHosts(fleet, network))
  return [...new Map(silent.map((host) => [host.hostId, host])).values()]
}
