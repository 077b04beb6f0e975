import { groupBy } from '../../collections/group-by'
import { gatewayBridge } from '../../connectivity/names/gateway-addresses'
import type { Check } from '../../connectivity/types'
import { enumerate } from '../../text/count'
import { gatewayOwners, whoseAddress } from '../address-owner'
import type { Evidence, Rule } from '../evidence'
import { place, unique } from '../wording'

/**
 * A name leads to a container's address on its host's gateway bridge. Every host has a bridge of that name with the same
 * addresses: on another host the address is somebody else's, or nobody's.
 */
export const gatewayBridgeAddress: Rule = {
  id: 'gateway-bridge-address',
  diagnose(evidence) {
    const ofPairs = evidence.failures.map((failure) => {
      const { pair, check } = failure
      return {
        failure,
        nameFailure: undefined,
        from: pair.from,
        name: pair.to.wanted?.name ?? pair.to.container,
        check,
      }
    })
    const ofNames = evidence.nameFailures.map((nameFailure) => {
      const { name, check } = nameFailure
      return { failure: undefined, nameFailure, from: name.from, name: name.target.name, check }
    })
    const found = [...ofPairs, ...ofNames].filter(({ check }) => gatewaysIn(evidence, check).length > 0)
    return [...groupBy(found, ({ name }) => name).values()].map((own) => {
      const [{ name }] = own
      const addresses = unique(own.flatMap(({ check }) => gatewaysIn(evidence, check)))
      const owners = addresses.flatMap((address) => gatewayOwners(evidence, address))
      return {
        explains: own.flatMap(({ failure }) => failure ?? []),
        explainsNames: own.flatMap(({ nameFailure }) => nameFailure ?? []),
        finding: {
          cause: 'gateway-bridge-address',
          title: `The name ${name} leads to ${enumerate(addresses)}, an address on ${gatewayBridge}.`,
          confidence: 90,
          hosts: unique(owners.map(({ host }) => host)),
          containers: unique(owners.map(({ container }) => container)),
          evidence: [
            `${enumerate(unique(own.map(({ from }) => place(from))))} asked for ${name} and got ${enumerate(unique(own.flatMap(({ check }) => check.addresses ?? [])))}.`,
            ...addresses.map((address) => whoseAddress(evidence, address)),
          ],
          remedy: `Whatever answers for ${name} (a name server of your own, the application’s configuration) has to give the address on ${evidence.network.name}.`,
          fixes: [],
        },
      }
    })
  },
}

function gatewaysIn(evidence: Evidence, { kind, addresses = [] }: Check): readonly string[] {
  return kind === 'name' ? addresses.filter((address) => gatewayOwners(evidence, address).length > 0) : []
}
