import type { HostReading, HostsReading } from './hosts-reading'

/** Less may be the way there and back; certificates of a swarm are valid from an hour before they are made. */
export const worthAWordMs = 60_000

/** How far the hosts' clocks are ahead of ours, and what they are compared with. */
export interface Clocks {
  readonly told: readonly { readonly host: HostReading; readonly ms: number }[]
  /** Where all differ alike, it is our own clock: with three or more, they are compared with each other. */
  readonly reference: number
  /** Whether they are compared with this machine. */
  readonly isOurs: boolean
}

export function clocksOf({ hosts }: HostsReading): Clocks {
  const told = hosts.flatMap((host) => (host.clockAheadMs === undefined ? [] : [{ host, ms: host.clockAheadMs }]))
  const middle = told.map(({ ms }) => ms).toSorted((a, b) => a - b)[Math.floor((told.length - 1) / 2)] ?? 0
  const isOurs = told.length < 3
  return { told, reference: isOurs ? 0 : middle, isOurs }
}
