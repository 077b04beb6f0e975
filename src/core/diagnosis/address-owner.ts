import { gatewayBridge } from '../connectivity/names/gateway-addresses'
import type { GatewayAddress } from '../connectivity/names/types'
import type { PairResult, Peer } from '../connectivity/types'
import type { TestOutcome } from './evidence'
import { place } from './wording'

/** Whose this address is, among the members that the test knew. */
export function addressOwner(pairs: readonly PairResult[], address: string): Peer | undefined {
  for (const { from, to } of pairs) {
    for (const peer of [from, to]) if (peer.addresses.some((known) => known.address === address)) return peer
  }
  return undefined
}

/** On which hosts' gateway bridges the address is: each host gives the same ones anew. */
export function gatewayOwners(
  { gateways = [] }: Pick<TestOutcome, 'gateways'>,
  address: string,
): readonly GatewayAddress[] {
  return gateways.filter((gateway) => gateway.address === address)
}

/** A sentence about whose an address is. */
export function whoseAddress(outcome: Pick<TestOutcome, 'pairs' | 'gateways' | 'names'>, address: string): string {
  const owner = addressOwner(outcome.pairs, address)
  if (owner) return `${address} is ${place(owner)}.`
  const services = (outcome.names ?? []).filter(({ target }) => target.virtualAddress === address)
  if (services[0]) return `${address} is the own address of the ${services[0].target.standsFor}.`
  const gateways = gatewayOwners(outcome, address)
  if (gateways.length > 0)
    return `${address} is the second address of ${gateways.map(place).join(', and of ')}, on ${gatewayBridge}: containers leave their host by it, and nothing on another host reaches it.`
  return `${address} is none of the tested containers.`
}
