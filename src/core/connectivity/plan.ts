import { namesOn } from '../fleet/network-names'
import { groupBy } from '../collections/group-by'
import { nameServiceOf } from '../dialects/name-resolution'
import { SwarmNetworksError } from '../errors'
import type { Fleet } from '../model/fleet'
import type { FleetNetwork } from '../model/network'
import { enumerate } from '../text/count'
import { maxNamesPerSource, planNames } from './names/plan-names'
import { nameKey, type GatewayAddress, type NameReading, type PlannedName } from './names/types'
import { planPeers, strangers } from './plan-peers'
import type { PairResult, Peer, TestedNetwork, UnreachableHost } from './types'
import { unreachableHosts } from './unreachable-hosts'

/** A pair by its containers' IDs. */
export interface PairKey {
  readonly from: string
  readonly to: string
}

/** Which pairs to test; all of the network where nothing is said. IDs of containers. */
export interface PairFilter {
  readonly from?: string
  readonly to?: readonly string[]
  /** These and no others: a test of what failed before. */
  readonly onlyPairs?: readonly PairKey[]
}

export interface PlanOptions extends PairFilter {
  /** What is known of further names; absent: they are not asked for. */
  readonly nameReading?: NameReading
  /** These further names and no others, by `nameKey`; where only some pairs are tested, none unless they are named. */
  readonly onlyNames?: readonly string[]
  /** Where only some pairs are tested: the containers, by ID, from which all further names are asked for as well. */
  readonly namesFrom?: readonly string[]
}

export interface PlannedPair {
  readonly from: Peer
  readonly to: Peer
  /** The result, where it is known without asking: an end of the pair does not run. */
  readonly decided?: PairResult
}

export interface TestPlan {
  readonly network: TestedNetwork
  readonly pairs: readonly PlannedPair[]
  readonly unreachableHosts: readonly UnreachableHost[]
  /** Names besides those of containers; absent where they are not asked for. */
  readonly names?: readonly PlannedName[]
  /** What is not asked or could not be read of names, one sentence each. */
  readonly nameNotes?: readonly string[]
  readonly gateways?: readonly GatewayAddress[]
}

/** One source container and the targets to probe from it. */
export interface SourcePlan {
  readonly from: Peer
  readonly targets: readonly Peer[]
  readonly names: readonly PlannedName[]
}

/**
 * Every ordered pair of containers on the network.
 *
 * @throws SwarmNetworksError `not-found` for a network that no host lists, `unsupported` for one that has no members to
 * tell apart
 */
export function planTest(fleet: Fleet, networkKey: string, filter: PlanOptions = {}): TestPlan {
  const network = fleet.networks.find(({ key }) => key === networkKey)
  if (!network)
    throw new SwarmNetworksError('not-found', 'No reachable host lists this network any more', {
      remedy: 'Refresh, and test a network that is still there.',
    })
  refuseUntestable(network)
  const members = planPeers(fleet, network)
  // Whoever is asked for by name is part of the plan, also where it is not on the network: that is the answer.
  const outside = strangers(fleet, network, [...(filter.from === undefined ? [] : [filter.from]), ...(filter.to ?? [])])
  const peers = [...members, ...outside]
  const isMember = new Set(members)
  const isWanted = pairFilter(filter)
  return {
    network: testedNetwork(network, fleet),
    pairs: peers.flatMap((from) =>
      peers
        .filter((to) => to !== from && isWanted(from, to))
        .map((to) => decideOutside({ from, to }, network.name, isMember) ?? decide({ from, to })),
    ),
    unreachableHosts: unreachableHosts(fleet, network),
    ...furtherNames({ fleet, network, members }, filter),
  }
}

interface PlannedNetwork {
  readonly fleet: Fleet
  readonly network: FleetNetwork
  readonly members: readonly Peer[]
}

function furtherNames(
  { fleet, network, members }: PlannedNetwork,
  { nameReading: reading, onlyNames, namesFrom = [], from, to, onlyPairs }: PlanOptions,
): Pick<TestPlan, 'names' | 'nameNotes' | 'gateways'> {
  if (reading === undefined || !testedNetwork(network, fleet).hasNames) return {}
  const gateways = reading.gateways.length === 0 ? {} : { gateways: reading.gateways }
  if (to !== undefined || (onlyPairs !== undefined && onlyNames === undefined && namesFrom.length === 0))
    return gateways
  const isWhole = unreachableHosts(fleet, network).length === 0
  const { names, omitted } = planNames({ fleet, network, members, isWhole, reading })
  const keys = onlyPairs || onlyNames ? new Set(onlyNames) : undefined
  const whole = new Set(namesFrom)
  const wanted = names.filter(
    (name) =>
      (from === undefined || name.from.containerId === from) &&
      (!keys || keys.has(nameKey(name)) || whole.has(name.from.containerId)),
  )
  const notes = [...reading.notes, ...omittedInWords(omitted)]
  return { ...gateways, ...(wanted.length > 0 && { names: wanted }), ...(notes.length > 0 && { nameNotes: notes }) }
}

function omittedInWords(names: readonly string[]): readonly string[] {
  if (names.length === 0) return []
  return [`Of the names that are no container’s, at most ${maxNamesPerSource} are asked for: not ${enumerate(names)}.`]
}

/**
 * What is left to ask, by source. Each source begins with the member after itself, so that sources which run side by
 * side do not all knock at the same target first.
 */
export function planSources(pairs: readonly PlannedPair[], names: readonly PlannedName[] = []): readonly SourcePlan[] {
  const open = pairs.filter(({ decided }) => !decided)
  const sources = groupBy([...open, ...names], ({ from }) => placeOf(from))
  const byPair = groupBy(open, ({ from }) => placeOf(from))
  const byName = groupBy(names, ({ from }) => placeOf(from))
  return [...sources].map(([place, [{ from }]], position) => {
    const targets = (byPair.get(place) ?? []).map(({ to }) => to)
    const start = targets.length === 0 ? 0 : position % targets.length
    return { from, targets: [...targets.slice(start), ...targets.slice(0, start)], names: byName.get(place) ?? [] }
  })
}

function placeOf({ hostId, containerId }: Peer): string {
  return `${hostId} ${containerId}`
}

function refuseUntestable({ name, driver, isIngress }: FleetNetwork): void {
  if (isIngress)
    throw new SwarmNetworksError('unsupported', `${name} carries published ports; containers do not talk over it`, {
      remedy: 'Test the overlay network that the services share.',
    })
  if (driver === 'host' || driver === 'null')
    throw new SwarmNetworksError('unsupported', `Containers on ${name} have no addresses of their own to test`, {
      remedy: 'Test a bridge or an overlay network.',
    })
}

/** A network as the diagnosis needs it. */
export function testedNetwork(network: FleetNetwork, fleet: Fleet): TestedNetwork {
  const { id, name, driver, scope, isEncrypted, isAttachable, subnets } = network
  const names = namesOn(network, fleet)
  return {
    ...{ id, name, driver, scope, isEncrypted, isAttachable },
    ...(names !== undefined && { names }),
    ...hostsFileHosts(fleet, network),
    ...dataPathPortOf(fleet, network),
    subnets: subnets.map(({ subnet }) => subnet),
    // The engine's predefined bridge is the only network whose containers do not know each other's names.
    hasNames: !(driver === 'bridge' && name === 'bridge'),
  }
}

function hostsFileHosts(fleet: Fleet, { hostIds }: FleetNetwork): Pick<TestedNetwork, 'hostsFileHostIds'> {
  const ids = fleet.hosts
    .filter(({ id, engineVersion }) => hostIds.includes(id) && nameServiceOf(engineVersion) === 'hosts-file')
    .map(({ id }) => id)
  return ids.length === 0 ? {} : { hostsFileHostIds: ids }
}

/** Only managers know it. */
function dataPathPortOf(fleet: Fleet, { hostIds }: FleetNetwork): Pick<TestedNetwork, 'dataPathPort'> {
  const ports = fleet.hosts
    .filter(({ id }) => hostIds.includes(id))
    .flatMap(({ engine }) => engine?.info.swarm.dataPathPort ?? [])
  return ports[0] === undefined ? {} : { dataPathPort: ports[0] }
}

/** A pair of which an end is not on the network at all. */
function decideOutside(pair: PlannedPair, network: string, isMember: ReadonlySet<Peer>): PlannedPair | undefined {
  const { from, to } = pair
  if (isMember.has(from) && isMember.has(to)) return undefined
  const detail = `${(isMember.has(to) ? from : to).container} is not on ${network}`
  // What is not asked from the network says nothing about its target.
  if (!isMember.has(from)) return { ...pair, decided: { from, to, result: 'not-tested', reason: detail, checks: [] } }
  const check = { kind: 'target', result: 'fail', observation: 'not-attached', detail } as const
  return { ...pair, decided: { from, to, result: 'fail', reason: detail, checks: [check] } }
}

function pairFilter({ from, to, onlyPairs }: PairFilter): (from: Peer, to: Peer) => boolean {
  const targets = to && new Set(to)
  const keys = onlyPairs && new Set(onlyPairs.map((pair) => `${pair.from} ${pair.to}`))
  return (a, b) =>
    (from === undefined || a.containerId === from) &&
    (!targets || targets.has(b.containerId)) &&
    (!keys || keys.has(`${a.containerId} ${b.containerId}`))
}

/** The result of a pair, where it is known without asking. */
export function decide(pair: PlannedPair): PlannedPair {
  const { from, to } = pair
  if (!from.isRunning) {
    const reason = `${from.container} ${stateInWords(from)}, so nothing can be asked from it`
    return { ...pair, decided: { from, to, result: 'not-tested', reason, checks: [] } }
  }
  if (to.isRunning) return pair
  const detail = `${to.container} ${stateInWords(to)}`
  const check = { kind: 'target', result: 'fail', observation: 'not-running', detail } as const
  return { ...pair, decided: { from, to, result: 'fail', reason: detail, checks: [check] } }
}

/** For instance `is not running (exited)`. */
export function stateInWords({ state }: Peer): string {
  switch (state) {
    case 'running':
      return 'is running'
    case 'paused':
      return 'is paused'
    case 'restarting':
      return 'keeps restarting'
    case 'created':
      return 'was created but never started'
    case 'unknown':
      return 'is in a state that its engine does not name'
    case 'exited':
    case 'dead':
    case 'removing':
      return `is not running (${state})`
  }
}
