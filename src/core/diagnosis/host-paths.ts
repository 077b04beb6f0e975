import { isAnswer, isLost } from '../connectivity/evaluate'
import type { PairResult, Peer } from '../connectivity/types'

/** What containers on two hosts saw of each other, both directions together. */
export interface HostPath {
  readonly a: HostRef
  readonly b: HostRef
  /** Pairs of containers that heard each other. */
  readonly answered: readonly PairResult[]
  /** Pairs where everything that was sent got lost. */
  readonly lost: readonly PairResult[]
}

export interface HostRef {
  readonly id: string
  readonly name: string
}

/** Whether nothing gets through between the two hosts. */
export function isBroken({ answered, lost }: HostPath): boolean {
  return lost.length > 0 && answered.length === 0
}

/** Whether the target was not heard at all, though it was spoken to. */
export function isLostPair(pair: PairResult): boolean {
  return pair.checks.some(isLost) && !pair.checks.some(isAnswer)
}

export function isAnsweredPair(pair: PairResult): boolean {
  return pair.checks.some(isAnswer)
}

/** What counts as heard and as lost on the way between two hosts; anything else says nothing about it. */
export interface PathJudge {
  readonly isAnswered: (pair: PairResult) => boolean
  readonly isLost: (pair: PairResult) => boolean
}

const anyPacket: PathJudge = { isAnswered: isAnsweredPair, isLost: isLostPair }

/**
 * The pairs of hosts between which something was sent. Containers that are cut off from their own host's neighbours as
 * well say nothing about the way between hosts and are left out.
 */
export function hostPaths(pairs: readonly PairResult[], judge = anyPacket): readonly HostPath[] {
  const local = pairs.filter(({ from, to }) => from.hostId === to.hostId)
  const isCutOff = (peer: Peer) => {
    const own = local.filter(
      ({ from, to }) => from.containerId === peer.containerId || to.containerId === peer.containerId,
    )
    return own.some(judge.isLost) && !own.some(judge.isAnswered)
  }
  const cutOff = new Set(
    local
      .flatMap(({ from, to }) => [from, to])
      .filter(isCutOff)
      .map((peer) => peer.containerId),
  )
  const paths = new Map<string, { a: HostRef; b: HostRef; answered: PairResult[]; lost: PairResult[] }>()
  for (const pair of pairs) {
    const { from, to } = pair
    if (from.hostId === to.hostId || cutOff.has(from.containerId) || cutOff.has(to.containerId)) continue
    const [a, b] = [from, to]
      .map(({ hostId, host }) => ({ id: hostId, name: host }))
      .sort((x, y) => (x.id < y.id ? -1 : 1))
    if (!a || !b) continue
    const key = JSON.stringify([a.id, b.id])
    const path = paths.get(key) ?? { a, b, answered: [], lost: [] }
    paths.set(key, path)
    if (judge.isAnswered(pair)) path.answered.push(pair)
    else if (judge.isLost(pair)) path.lost.push(pair)
  }
  return [...paths.values()].filter(({ answered, lost }) => answered.length + lost.length > 0)
}
