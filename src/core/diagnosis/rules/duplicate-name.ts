import { groupBy } from '../../collections/group-by'
import type { PairResult, Peer } from '../../connectivity/types'
import { enumerate } from '../../text/count'
import { addressOwner, whoseAddress } from '../address-owner'
import type { Failure, Rule } from '../evidence'
import { askers, containerNames, hostNames, unique } from '../wording'

/**
 * A name that leads to more than one container. Container names are unique on a host, not in a swarm: a third container
 * gets all addresses, in changing order, and each holder of the name reaches itself.
 */
export const duplicateName: Rule = {
  id: 'duplicate-name',
  diagnose(evidence) {
    const { failures, pairs } = evidence
    const doubtful = failures.filter(
      ({ pair, check }) =>
        check.observation === 'several-addresses' ||
        (check.observation === 'wrong-address' && holders(pairs, [{ pair, check }]).length > 1),
    )
    return [...groupBy(doubtful, ({ pair }) => pair.to.container).values()].map((own) => {
      const name = own[0].pair.to.container
      const owners = holders(pairs, own)
      const addresses = unique(own.flatMap(({ check }) => check.addresses ?? []))
      return {
        explains: own,
        finding: {
          cause: 'duplicate-name',
          title: `The name ${name} leads to more than one container.`,
          confidence: 95,
          hosts: hostNames(owners),
          containers: containerNames(owners),
          evidence: [
            `${askers(own)} asked for ${name} and got ${enumerate(addresses)}.`,
            ...addresses.map((address) => whoseAddress(evidence, address)),
          ],
          remedy: `Rename all but one of them, or give each an alias of its own.`,
          fixes: [],
        },
      }
    })
  },
}

/** The target itself and every other container of its name, or that one of the answers belongs to. */
function holders(pairs: readonly PairResult[], own: readonly Failure[]): readonly Peer[] {
  const answered = own.flatMap(({ check }) => (check.addresses ?? []).flatMap((a) => addressOwner(pairs, a) ?? []))
  const targets = own.map(({ pair }) => pair.to)
  const isHolder = (peer: Peer) =>
    targets.some((to) => to.container === peer.container) || own[0]?.check.observation === 'several-addresses'
  const byId = new Map([...targets, ...answered.filter(isHolder)].map((peer) => [peer.containerId, peer]))
  return [...byId.values()]
}
