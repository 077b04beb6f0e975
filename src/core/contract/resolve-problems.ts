import { unreachableHosts } from '../connectivity/unreachable-hosts'
import type { Fleet } from '../model/fleet'
import type { FleetNetwork } from '../model/network'
import { closest } from '../text/closest'
import { enumerate } from '../text/count'
import { singleLine } from '../text/single-line'
import { isContradiction } from './contradictions'
import { matches, type Candidate } from './members'
import type { ResolvedLine } from './resolved-line'
import type { ContractLine, ContractProblem, Selector } from './types'
import { askText, selectorText } from './wording'

/** What a selector was looked for in. */
export interface World {
  readonly fleet: Fleet
  readonly line: ContractLine
  readonly networks: readonly FleetNetwork[]
  /** Who is on these networks. */
  readonly here: readonly Candidate[]
  /** Who is on any network. */
  readonly everybody: () => readonly Candidate[]
}

export function unknownNetwork(
  { name, range }: NonNullable<ContractLine['network']>,
  networks: readonly FleetNetwork[],
): ContractProblem {
  const names = [...new Set(networks.map((network) => network.name))]
  const meant = closest(name, names)
  const hint =
    meant === undefined ? `Known are ${enumerate(names, 8) || 'none'}.` : `Did you mean “${singleLine(meant, 60)}”?`
  const message = `No host that answers lists a network “${singleLine(name, 60)}”. ${hint}`
  return problem({ range, message, ...(meant !== undefined && { replacement: meant }) })
}

/** Says where it is instead, or what it may be called, and who could not be asked for it. */
export function nobodyMatches(selector: Selector, world: World): ContractProblem {
  const { line, networks, everybody } = world
  const where = line.network === undefined ? '' : ` on ${line.network.name}`
  const elsewhere = line.network === undefined ? [] : everybody().filter((one) => matches(selector, one))
  const silent = new Set(networks.flatMap((network) => unreachableHosts(world.fleet, network)).map(({ host }) => host))
  const meant = elsewhere.length > 0 ? undefined : suggestion(selector, world)
  const hints = [
    ...(elsewhere.length > 0 ? [`It is on ${enumerate(placesOf(elsewhere))}.`] : []),
    ...(meant === undefined ? [] : [`Did you mean “${meant}”?`]),
    ...taskless(selector, world),
    ...(silent.size > 0 ? [`Not asked, because they cannot be reached: ${enumerate([...silent])}.`] : []),
  ]
  return problem({
    range: selector.range,
    message: [`No container${where} matches ${singleLine(selectorText(selector), 80)} now.`, ...hints].join(' '),
    ...(meant !== undefined && selector.kind === 'name' && selector.host === undefined && { replacement: meant }),
  })
}

function placesOf(candidates: readonly Candidate[]): readonly string[] {
  return [
    ...new Set(candidates.flatMap(({ host, places }) => places.map(({ network }) => `${network.name} (at ${host})`))),
  ]
}

function suggestion(selector: Selector, { here, everybody }: World): string | undefined {
  if (selector.kind === 'any' || selector.kind === 'label') return undefined
  const namesOf = ({ container }: Candidate) => [container.name, container.task?.serviceName ?? container.name]
  return closest(selector.name, here.flatMap(namesOf)) ?? closest(selector.name, everybody().flatMap(namesOf))
}

function taskless(selector: Selector, { fleet }: World): readonly string[] {
  if (selector.kind !== 'service' && selector.kind !== 'name') return []
  const service = fleet.services.find(({ name }) => name === selector.name)
  if (service === undefined) return []
  const why = service.problem === undefined ? '' : `: ${singleLine(service.problem, 200)}`
  return [`The swarm has a service of that name, with ${service.running} of ${service.wanted} tasks running${why}.`]
}

export function onlyItself({ from, range }: ContractLine): ContractProblem {
  const who = enumerate(from.map(selectorText))
  return problem({ range, message: `Both ends of this line are the same container (${who}): there is no way to test.` })
}

/** Lines that do not look like it, and yet mean the same two containers and the opposite. */
export function contradictingPairs(lines: readonly ResolvedLine[]): readonly ContractProblem[] {
  const musts = new Map<string, ResolvedLine[]>()
  for (const resolved of lines)
    if (resolved.line.obligation === 'must')
      for (const pair of resolved.pairs) musts.set(keyOf(pair), [...(musts.get(keyOf(pair)) ?? []), resolved])
  return lines.flatMap(({ line, pairs }): readonly ContractProblem[] => {
    if (line.obligation === 'must') return []
    for (const pair of pairs)
      for (const { line: must } of musts.get(keyOf(pair)) ?? []) {
        const ask = must.asks.find((one) => line.asks.some((forbidden) => isContradiction(one, forbidden)))
        if (ask === undefined) continue
        const message = `This contradicts line ${must.lineNumber}: both mean ${pair.from.container} and ${pair.to.container}, which must reach each other ${askText(ask)} there.`
        return [{ ...problem({ range: line.range, message }), code: 'contradiction' }]
      }
    return []
  })
}

function keyOf({ from, to, network }: ResolvedLine['pairs'][number]): string {
  return `${from.hostId} ${from.containerId} ${to.hostId} ${to.containerId} ${network.key}`
}

function problem(over: Pick<ContractProblem, 'range' | 'message' | 'replacement'>): ContractProblem {
  return { code: 'matches-nothing', severity: 'error', ...over }
}
