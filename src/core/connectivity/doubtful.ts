import type { Fleet } from '../model/fleet'
import { isAnswer, isLost } from './evaluate'
import type { PairKey } from './plan'
import type { PairResult, Peer } from './types'

/**
 * How long the other hosts may take to learn of a new container's address. It is under a second as a rule; a probe that
 * gets no answer takes four by itself.
 */
const convergenceMs = 20_000

/**
 * The pairs whose result may be another one in two seconds: names and addresses still spread, a container has just
 * started, or a target that answers otherwise was too busy for one more connection.
 */
export function doubtfulPairs(pairs: readonly PairResult[], fleet: Fleet, now: number): readonly PairKey[] {
  const isNew = justStarted(fleet, now)
  return pairs
    .filter((pair) => isDoubtful(pair, isNew))
    .map(({ from, to }) => ({ from: from.containerId, to: to.containerId }))
}

function isDoubtful({ from, to, checks }: PairResult, isNew: (peer: Peer) => boolean): boolean {
  if (!from.isRunning || !to.isRunning) return false
  if (to.address === undefined) return true
  return checks.some((check) => {
    if (check.result !== 'fail') return false
    if (check.kind === 'name') return check.observation !== 'resolver-timeout' && check.hostsFile === undefined
    return isLost(check) && (isNew(from) || isNew(to) || checks.some(isAnswer))
  })
}

/**
 * By the engine's own words, because a restarted container keeps the time of its creation, and by that time, because
 * the words are as old as the snapshot.
 */
function justStarted(fleet: Fleet, now: number): (peer: Peer) => boolean {
  const fresh = new Set(
    fleet.hosts.flatMap(({ id, engine }) =>
      (engine?.containers ?? [])
        .filter(
          ({ status, createdAt }) => /^Up (Less than|1?\d seconds?)/.test(status) || now - createdAt < convergenceMs,
        )
        .map((container) => `${id} ${container.id}`),
    ),
  )
  return ({ hostId, containerId }) => fresh.has(`${hostId} ${containerId}`)
}
