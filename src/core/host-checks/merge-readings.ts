import type { Peer } from '../connectivity/types'
import type { HostsReading } from './hosts-reading'

/** Two looks at the hosts of a network, the newer one for the sake of some of its pairs. */
export interface TwoReadings {
  readonly last: HostsReading | undefined
  readonly newer: HostsReading | undefined
  /** Whether a pair failed in the last test and was not asked again since. */
  readonly isStillOpen: (ends: Ends) => boolean
  readonly hasOpen: boolean
}

type Ends = Readonly<Record<'from' | 'to', Peer>>

/**
 * What is known of the hosts after both looks. A look counts packets and listens in containers only for what failed at
 * that moment: what it saw of pairs that were not asked again would be lost with it, and with it their cause.
 */
export function mergeReadings({ last, newer, isStillOpen, hasOpen }: TwoReadings): HostsReading | undefined {
  if (newer === undefined || last === undefined) return newer ?? (hasOpen ? last : undefined)
  const seen = new Set(newer.containers.map(({ peer }) => peer.containerId))
  const counted = new Set(newer.directions.map(endsOf))
  const compared = new Set(newer.plainPaths.map(hostsOf))
  return {
    ...newer,
    containers: [...newer.containers, ...(hasOpen ? last.containers : []).filter((c) => !seen.has(c.peer.containerId))],
    directions: [...newer.directions, ...last.directions.filter((d) => isStillOpen(d) && !counted.has(endsOf(d)))],
    plainPaths: [...newer.plainPaths, ...(hasOpen ? last.plainPaths : []).filter((p) => !compared.has(hostsOf(p)))],
  }
}

function endsOf({ from, to }: Ends): string {
  return `${from.containerId} ${to.containerId}`
}

function hostsOf({ hostIds }: { readonly hostIds: readonly string[] }): string {
  return hostIds.toSorted().join(' ')
}
