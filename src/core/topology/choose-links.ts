import type { PairResult } from '../connectivity/types'
import type { FleetNetwork } from '../model/network'
import { count } from '../text/count'
import { compareNames } from '../text/natural-order'
import { countPair, noPairs, stateOf } from './pair-counts'
import type { PairCounts, TopologyLink } from './topology'

/** Above this a network's links that pass are not drawn: six hosts have fifteen. */
const maxLinks = 15
/** Above this not even all that fail: each takes a lane of its own. */
const maxFailing = 12

/** A network and what its last test found. */
export interface LinkedNetwork {
  readonly network: Pick<FleetNetwork, 'key' | 'name'>
  readonly pairs: readonly PairResult[]
}

/** The links between hosts that are drawn, and what is said of those that are not. */
export interface ChosenLinks {
  readonly links: readonly TopologyLink[]
  readonly notes: readonly string[]
}

/** Gathers pairs of containers by the hosts that they are on; of many links only those that fail are drawn. */
export function chooseLinks(networks: readonly LinkedNetwork[]): ChosenLinks {
  const chosen = networks.map(chooseOfNetwork)
  return { links: chosen.flatMap(({ links }) => links), notes: chosen.flatMap(({ notes }) => notes) }
}

function chooseOfNetwork(tested: LinkedNetwork): ChosenLinks {
  const all = linksOf(tested)
  if (all.length <= maxLinks) return { links: all, notes: [] }
  const { name } = tested.network
  const failing = all.filter(({ counts }) => counts.failed > 0)
  const links = failing.slice(0, maxFailing)
  const which =
    failing.length > maxFailing ? `${maxFailing} of ${failing.length} that fail` : `the ${failing.length} that fail`
  const drawn = failing.length === 0 ? 'none of them fails, and none is drawn' : `${which} are drawn`
  return { links, notes: [`${name}: of ${count(all.length, 'link')} between hosts ${drawn}.`] }
}

function linksOf({ network, pairs }: LinkedNetwork): readonly TopologyLink[] {
  const found = new Map<string, { from: End; to: End; counts: PairCounts }>()
  for (const { from, to, result } of pairs) {
    if (from.hostId === to.hostId) continue
    const ends = [end(from), end(to)].toSorted((a, b) => (a.id < b.id ? -1 : 1)) as [End, End]
    const key = ends.map(({ id }) => id).join(' ')
    const known = found.get(key) ?? { from: ends[0], to: ends[1], counts: noPairs }
    found.set(key, { ...known, counts: countPair(known.counts, result) })
  }
  return [...found.values()]
    .map((link) => ({ networkKey: network.key, network: network.name, ...link, state: stateOf(link.counts) }))
    .toSorted(
      (a, b) =>
        b.counts.failed - a.counts.failed ||
        compareNames(a.from.name, b.from.name) ||
        compareNames(a.to.name, b.to.name),
    )
}

type End = TopologyLink['from']

function end({ hostId, host }: { readonly hostId: string; readonly host: string }): End {
  return { id: hostId, name: host }
}
