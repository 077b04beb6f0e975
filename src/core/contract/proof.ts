import type { PlannedPair } from '../connectivity/plan'
import type { PairResult, Peer } from '../connectivity/types'
import { entryKey, groupKey, type ContractGroup } from './plan-contract'
import { observe } from './observe'
import type { ResolvedLine } from './resolved-line'
import type { Ask } from './types'

/** Everything that was seen for a contract, to be looked up by pair. */
export class Seen {
  readonly #pairs = new Map<string, PairResult>()
  readonly #controls = new Map<string, PairResult>()

  add(group: string, pairs: readonly PairResult[]): void {
    for (const pair of pairs)
      this.#pairs.set(`${group} ${pairId(pair.from, pair.to)} ${pair.to.wanted?.key ?? ''}`, pair)
  }

  /** What targets saw of themselves. */
  addControls(pairs: readonly PairResult[]): void {
    for (const pair of pairs) this.#controls.set(idOf(pair.to), pair)
  }

  find(group: string, key: string, { from, to }: Pick<PairResult, 'from' | 'to'>): PairResult | undefined {
    return this.#pairs.get(`${group} ${pairId(from, to)} ${key}`)
  }

  /**
   * Whether anything serves a port of a container: somebody else connected to it, or it did itself. Without that, a port
   * that does not answer proves nothing.
   */
  serves(to: Peer, port: number): 'yes' | 'no' | { readonly unknown: string } {
    const connected = [...this.#pairs.values()].some(
      (pair) => idOf(pair.to) === idOf(to) && observe({ kind: 'tcp', port }, pair).outcome === 'reached',
    )
    if (connected) return 'yes'
    const own = observe({ kind: 'tcp', port }, this.#controls.get(idOf(to)))
    if (own.outcome === 'reached') return 'yes'
    return own.outcome === 'blocked' ? 'no' : { unknown: own.detail }
  }
}

/** What has to be asked of targets themselves: whether they serve the ports that nobody got through to, and must not. */
export function planControls(lines: readonly ResolvedLine[], seen: Seen): readonly ContractGroup[] {
  const wanted = new Map<
    string,
    { readonly group: Omit<ContractGroup, 'pairs'>; readonly to: Peer; readonly ports: Set<number> }
  >()
  for (const { line, pairs } of lines) {
    if (line.obligation === 'must') continue
    for (const pair of pairs)
      for (const ask of line.asks) {
        const port = portOf(ask)
        const key = groupKey(pair)
        const isBlocked = observe(ask, seen.find(key, entryKey(ask, pair), pair)).outcome === 'blocked'
        if (port === undefined || !isBlocked || seen.serves(pair.to, port) === 'yes') continue
        const entry = wanted.get(idOf(pair.to)) ?? {
          group: { key, network: pair.network, isShared: true },
          to: pair.to,
          ports: new Set<number>(),
        }
        entry.ports.add(port)
        wanted.set(idOf(pair.to), entry)
      }
  }
  return [...wanted.values()].map(({ group, to, ports }): ContractGroup => {
    const self: PlannedPair = { from: to, to: { ...to, wanted: { key: 'self', ports: [...ports] } } }
    return { ...group, pairs: [self] }
  })
}

export function portOf(ask: Ask): number | undefined {
  return ask.kind === 'tcp' || ask.kind === 'http' ? ask.port : undefined
}

function pairId(from: Peer, to: Peer): string {
  return `${idOf(from)} ${idOf(to)}`
}

function idOf({ hostId, containerId }: Peer): string {
  return `${hostId} ${containerId}`
}
