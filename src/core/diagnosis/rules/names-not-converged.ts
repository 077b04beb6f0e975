import { groupBy } from '../../collections/group-by'
import { isGossipWhole } from '../../host-checks/gossip'
import { enumerate } from '../../text/count'
import type { Rule } from '../evidence'
import { hostNames, place, unique } from '../wording'

/**
 * Hosts list each other as peers, and yet one's table of names lacks a container of another: the entry was lost on the
 * way. The test has waited for it before this is said.
 */
export const namesNotConverged: Rule = {
  id: 'names-not-converged',
  diagnose({ failures, reading }) {
    if (reading === undefined) return []
    const lacking = failures.filter(({ pair: { from, to }, check }) => {
      if (check.observation !== 'unknown-name' || from.hostId === to.hostId) return false
      const view = reading.hosts.find(({ hostId }) => hostId === from.hostId)?.view
      const isListed = view?.names.some(({ name, address }) => name === to.container || address === to.address)
      const isWhole = isGossipWhole(reading, new Set([from.hostId, to.hostId]))
      return isWhole === true && isListed === false
    })
    return [...groupBy(lacking, ({ pair }) => pair.to.containerId).values()].map((own) => {
      const { to } = own[0].pair
      const tables = hostNames(own.map(({ pair }) => pair.from))
      return {
        explains: own,
        finding: {
          cause: 'names-not-converged',
          title: `The name of ${place(to)} has not reached ${enumerate(tables)}.`,
          confidence: 75,
          hosts: unique([...tables, to.host]),
          containers: [to.container],
          evidence: [
            `The name tables of ${enumerate(tables)} lack ${to.container}, though it runs and has the address ${to.address ?? 'none'}.`,
            `These hosts and ${to.host} list each other as peers, so gossip gets through.`,
            'The test has waited for it and asked again.',
          ],
          remedy: `Disconnect ${to.container} from the network and connect it again, which spreads its entry anew; where that does not help, restart Docker on ${enumerate(tables)}.`,
          fixes: [],
          alternatives: ['7946/udp alone may be closed: then new names come, some ten seconds late.'],
        },
      }
    })
  },
}
