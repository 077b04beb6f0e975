import { groupBy } from '../collections/group-by'
import { decide, testedNetwork, type PairKey, type PlannedPair, type TestPlan } from '../connectivity/plan'
import { exposedTcpPorts } from '../connectivity/probe-ports'
import type { Peer, Wanted } from '../connectivity/types'
import { unreachableHosts } from '../connectivity/unreachable-hosts'
import type { Fleet } from '../model/fleet'
import type { FleetNetwork } from '../model/network'
import type { LinePair, ResolvedLine } from './resolved-line'
import type { Ask } from './types'

/** What is asked on one network, of containers that are on it, or of others that are not. */
export interface ContractGroup {
  readonly key: string
  readonly network: FleetNetwork
  readonly isShared: boolean
  readonly pairs: readonly PlannedPair[]
}

/** One pair with everything that lines ask of it. */
interface Gathered {
  readonly pair: LinePair
  readonly asks: readonly Ask[]
}

/**
 * What has to be asked for a contract, by network. A pair is asked once, whatever number of lines is about it; each HTTP
 * path and each further name is an entry of its own beside it, in the same exec. Pairs that share no network and must
 * reach each other are not asked: that is the answer.
 */
export function planContract(lines: readonly ResolvedLine[]): readonly ContractGroup[] {
  const wanted = lines.flatMap(({ line, pairs }) =>
    pairs
      .filter(({ isShared }) => isShared || line.obligation === 'mustNot')
      .map((pair) => ({ pair, asks: line.asks })),
  )
  const byGroup = groupBy(wanted, ({ pair }) => groupKey(pair))
  return [...byGroup].map(([key, own]) => {
    const [{ pair }] = own
    const byPair = groupBy(own, ({ pair: { from, to } }) => `${idOf(from)} ${idOf(to)}`)
    const pairs = [...byPair.values()].flatMap((same) =>
      entriesOf({
        pair: same[0].pair,
        asks: same.flatMap(({ pair: each, asks }) => asks.map((ask) => named(ask, each))),
      }),
    )
    return { key, network: pair.network, isShared: pair.isShared, pairs }
  })
}

export function groupKey({ network, isShared }: Pick<LinePair, 'network' | 'isShared'>): string {
  return `${network.key} ${isShared ? 'shared' : 'apart'}`
}

/** A group as the test carries it out; only these pairs, where they are named. */
export function testPlan(group: ContractGroup, fleet: Fleet, onlyPairs?: readonly PairKey[]): TestPlan {
  const keys = onlyPairs && new Set(onlyPairs.map(({ from, to }) => `${from} ${to}`))
  const network = testedNetwork(group.network, fleet)
  const asksNames = group.pairs.some(({ to }) => to.wanted?.name !== undefined)
  return {
    // A container on another network cannot know the name, and need not be asked, unless somebody wants to see that.
    network: group.isShared ? network : { ...network, hasNames: network.hasNames && asksNames },
    pairs: group.pairs
      .filter(({ from, to }) => !keys || keys.has(`${from.containerId} ${to.containerId}`))
      .map((pair) => decide(pair)),
    unreachableHosts: unreachableHosts(fleet, group.network),
  }
}

/** The key of the entry in which an ask is answered. */
export function entryKey(ask: Ask, pair: LinePair): string {
  if (ask.kind === 'http') return `http ${ask.port} ${ask.path}`
  const name = ask.kind === 'name' ? askedName(ask, pair) : undefined
  return name === undefined || name === pair.to.container ? '' : `name ${name}`
}

/** What to look up: what the line says, the name of the service that it means, or the target's own. */
function askedName(ask: Ask & { readonly kind: 'name' }, { meant, to }: LinePair): string {
  if (ask.name !== undefined) return ask.name
  if (meant.kind === 'service') return meant.name
  return meant.kind === 'name' ? meant.name : to.container
}

function named(ask: Ask, pair: LinePair): Ask {
  return ask.kind === 'name' ? { kind: 'name', name: askedName(ask, pair) } : ask
}

function entriesOf({ pair, asks }: Gathered): readonly PlannedPair[] {
  const { from, to } = pair
  const ports = asks.flatMap((ask) => (ask.kind === 'tcp' || ask.kind === 'http' ? [ask.port] : []))
  const exposed = asks.some(({ kind }) => kind === 'any') ? exposedTcpPorts(to.ports) : []
  const asksOwnName = asks.some((ask) => ask.kind === 'name' && entryKey(ask, pair) === '')
  const base: Wanted = {
    key: '',
    ports: [...new Set([...ports, ...exposed])].sort((a, b) => a - b),
    ...(asksOwnName && { name: to.container }),
  }
  const more = asks.flatMap((ask): readonly Wanted[] => {
    const key = entryKey(ask, pair)
    if (ask.kind === 'http') return [{ key, ports: [ask.port], path: ask.path }]
    return ask.kind === 'name' && key !== ''
      ? [{ key, ports: [], ...(ask.name !== undefined && { name: ask.name }) }]
      : []
  })
  const distinct = new Map([base, ...more].map((wanted) => [wanted.key, wanted]))
  return [...distinct.values()].map((wanted) => {
    // Whose a further name is, is judged later: it may stand for a service, of whose address the engine says nothing here.
    const addresses = wanted.key !== '' && wanted.name !== undefined ? [] : to.addresses
    return { from, to: { ...to, addresses, wanted } }
  })
}

function idOf({ hostId, containerId }: Peer): string {
  return `${hostId} ${containerId}`
}
