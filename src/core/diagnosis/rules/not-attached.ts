import { groupBy } from '../../collections/group-by'
import type { Rule } from '../evidence'
import { askers, place, unique } from '../wording'
import { enumerate } from '../../text/count'

/** The two containers have no network in common: neither name nor address of the target leads anywhere. */
export const notAttached: Rule = {
  id: 'not-attached',
  diagnose({ failures, network }) {
    const apart = failures.filter(({ check }) => check.observation === 'not-attached')
    return [...groupBy(apart, ({ pair }) => pair.to.containerId).values()].map((own) => {
      const { to } = own[0].pair
      const others = unique(to.addresses.map((known) => known.network))
      return {
        explains: own,
        finding: {
          cause: 'not-attached',
          title: `${place(to)} is not on ${network.name}.`,
          confidence: 99,
          hosts: [to.host],
          containers: [to.container],
          evidence: [
            `The engine of ${to.host} lists it on ${others.length === 0 ? 'no network' : enumerate(others)}.`,
            `${askers(own)} would ask for it on ${network.name}.`,
          ],
          remedy: `Connect it to ${network.name} (“docker network connect”), or put both on a network that they share.`,
          fixes: [],
        },
      }
    })
  },
}
