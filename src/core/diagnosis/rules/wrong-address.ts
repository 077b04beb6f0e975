import { groupBy } from '../../collections/group-by'
import { enumerate } from '../../text/count'
import { whoseAddress } from '../address-owner'
import type { Rule } from '../evidence'
import { askers, place, unique } from '../wording'

/** A name that leads to an address which its engine does not give the container: an entry that was left behind. */
export const wrongAddress: Rule = {
  id: 'wrong-address',
  diagnose(evidence) {
    const wrong = evidence.failures.filter(({ check }) => check.observation === 'wrong-address')
    return [...groupBy(wrong, ({ pair }) => pair.to.containerId).values()].map((own) => {
      const { to } = own[0].pair
      const addresses = unique(own.flatMap(({ check }) => check.addresses ?? []))
      return {
        explains: own,
        finding: {
          cause: 'wrong-address',
          title: `The name ${to.container} leads to an address that is not that of ${place(to)}.`,
          confidence: 80,
          hosts: [to.host],
          containers: [to.container],
          evidence: [
            `${askers(own)} asked for ${to.container} and got ${enumerate(addresses)}.`,
            `The engine of ${to.host} gives its address as ${to.address ?? 'none'}.`,
            ...addresses.map((address) => whoseAddress(evidence, address)),
          ],
          remedy:
            'Disconnect the container from the network and connect it again; that writes its entry anew on all hosts.',
          fixes: [],
        },
      }
    })
  },
}
