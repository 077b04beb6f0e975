import type { Peer } from '../connectivity/types'
import type { InterfaceTraffic } from '../model/traffic'
import type { DirectionReading } from './hosts-reading'

/** How many pings are counted, and how many bytes of data each has: a size that nothing else in a quiet container has. */
export const pingsSent = 5
export const pingBytes = 900

/** Ethernet, IP and ICMP headers around a ping's data. */
const frameBytes = pingBytes + 42

export interface Counted<T> {
  readonly atSource: T
  readonly atTarget: T
}

/**
 * Where pings got lost, by what both ends counted before and after. Where more came through an interface than the pings
 * would be, the container is busy and nothing can be told.
 */
export function judgeDirection(
  [from, to]: readonly [Peer, Peer],
  before: Counted<readonly InterfaceTraffic[]>,
  after: Counted<readonly InterfaceTraffic[]>,
): DirectionReading {
  const arrived = received(before.atTarget, after.atTarget)
  const answered = received(before.atSource, after.atSource)
  const detail = (words: string) =>
    `Of ${pingsSent} large pings from ${from.container} to ${to.container}, ${words} (by the counters of both containers).`
  if (arrived === undefined || answered === undefined || answered > 0)
    return { from, to, lost: 'unclear', detail: detail('none can be told from the containers’ other traffic') }
  return arrived === 0
    ? { from, to, lost: 'there', detail: detail(`none arrived at ${to.host}`) }
    : { from, to, lost: 'back', detail: detail(`${arrived} arrived at ${to.host}, and no answer came back`) }
}

/** How many of the pings an end received; undefined where it cannot be told. */
function received(before: readonly InterfaceTraffic[], after: readonly InterfaceTraffic[]): number | undefined {
  const bytes = after.map(({ name, receivedBytes }) => {
    const old = before.find((other) => other.name === name)
    return old === undefined ? Number.NaN : receivedBytes - old.receivedBytes
  })
  const most = Math.max(0, ...bytes)
  if (bytes.length === 0 || bytes.some(Number.isNaN)) return undefined
  // What else there is, as ARP, is small.
  if (most < frameBytes / 2) return 0
  const count = Math.floor(most / frameBytes)
  return count >= 1 && count <= pingsSent && most < frameBytes * (pingsSent + 1) ? count : undefined
}
