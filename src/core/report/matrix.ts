import type { CheckResult, PairResult, Peer } from '../connectivity/types'
import type { ConnectivityRun } from '../connectivity/run'

/** One cell of a matrix: `self` where row and column are the same container, `none` where nobody asked. */
export type Cell = CheckResult | 'self' | 'none'

export interface ContainerMatrix {
  readonly sources: readonly Peer[]
  readonly targets: readonly Peer[]
  /** By source, then by target. */
  readonly cells: readonly (readonly Cell[])[]
}

export interface HostCell {
  readonly cell: Cell
  readonly passed: number
  readonly failed: number
  readonly untested: number
}

export interface HostMatrix {
  readonly sources: readonly string[]
  readonly targets: readonly string[]
  readonly cells: readonly (readonly HostCell[])[]
}

/** Above this a matrix by container is unreadable in a document or on a page. */
const maxMatrixSize = 20

/** Whether a person can find a cell in it, with both of its headings in sight. */
export function isReadable({ sources, targets }: Pick<ContainerMatrix, 'sources' | 'targets'>): boolean {
  return Math.max(sources.length, targets.length) <= maxMatrixSize
}

/** The run as rows of sources and columns of targets. */
export function containerMatrix({ pairs }: Pick<ConnectivityRun, 'pairs'>): ContainerMatrix {
  const results = new Map(pairs.map((pair) => [`${pair.from.containerId} ${pair.to.containerId}`, pair.result]))
  const sources = uniquePeers(pairs.map(({ from }) => from))
  const targets = uniquePeers(pairs.map(({ to }) => to))
  const cell = (from: Peer, to: Peer): Cell =>
    from.containerId === to.containerId ? 'self' : (results.get(`${from.containerId} ${to.containerId}`) ?? 'none')
  return { sources, targets, cells: sources.map((from) => targets.map((to) => cell(from, to))) }
}

/** The same, gathered by host. One failed pair makes a cell fail; the counts say how many. */
export function hostMatrix({ pairs }: Pick<ConnectivityRun, 'pairs'>): HostMatrix {
  const sources = uniqueSorted(pairs.map(({ from }) => from.host))
  const targets = uniqueSorted(pairs.map(({ to }) => to.host))
  const cells = sources.map((from) =>
    targets.map((to) => hostCell(pairs.filter((pair) => pair.from.host === from && pair.to.host === to))),
  )
  return { sources, targets, cells }
}

/** Every container of the run, in the order in which names are read. */
export function allPeers({ pairs }: Pick<ConnectivityRun, 'pairs'>): readonly Peer[] {
  return uniquePeers(pairs.flatMap(({ from, to }) => [from, to]))
}

/** A container's name, with its host where another container of the run has the same name. */
export function peerLabels(peers: readonly Peer[]): ReadonlyMap<string, string> {
  const all = uniquePeers(peers)
  return new Map(
    all.map((peer) => {
      const isAmbiguous = all.some((o) => o.container === peer.container && o.containerId !== peer.containerId)
      return [peer.containerId, isAmbiguous ? `${peer.container} (${peer.host})` : peer.container] as const
    }),
  )
}

function hostCell(pairs: readonly PairResult[]): HostCell {
  const count = (result: CheckResult) => pairs.filter((pair) => pair.result === result).length
  const [passed, failed, untested] = [count('pass'), count('fail'), count('not-tested')]
  const cell = failed > 0 ? 'fail' : passed > 0 ? 'pass' : untested > 0 ? 'not-tested' : 'none'
  return { cell, passed, failed, untested }
}

function uniquePeers(peers: readonly Peer[]): readonly Peer[] {
  const byId = new Map(peers.map((peer) => [peer.containerId, peer]))
  return [...byId.values()].sort(
    (a, b) => a.container.localeCompare(b.container, 'en', { numeric: true }) || a.host.localeCompare(b.host, 'en'),
  )
}

function uniqueSorted(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
}
