import type { PairResult, Peer } from '../connectivity/types'

/** Whose address this is, among the members that the test knew. */
export function addressOwner(pairs: readonly PairResult[], address: string): Peer | undefined {
  for (const { from, to } of pairs) {
    for (const peer of [from, to]) if (peer.addresses.some((known) => known.address === address)) return peer
  }
  return undefined
}
