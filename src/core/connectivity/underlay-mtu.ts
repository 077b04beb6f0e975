import type { FleetNetwork } from '../model/network'
import { containerMtu } from '../forms/network-mtu'
import type { PairResult } from './types'

/**
 * What the hosts carry, by the last test: the smallest of the largest packets that came back between hosts, with what the
 * overlay adds. In bytes, rounded down to ten, as the measuring is no more exact; undefined where nothing was measured.
 */
export function underlayMtu(
  pairs: readonly PairResult[],
  { isEncrypted }: Pick<FleetNetwork, 'isEncrypted'>,
): number | undefined {
  const sizes = pairs
    .filter(({ from, to }) => from.hostId !== to.hostId)
    .flatMap(({ checks }) => checks.flatMap(({ largestBytes }) => largestBytes ?? []))
  if (sizes.length === 0) return undefined
  return Math.floor((Math.min(...sizes) - containerMtu(0, isEncrypted)) / 10) * 10
}
