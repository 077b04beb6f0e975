import { parseCidr, usableAddresses } from '../../forms/cidr'
import { count } from '../../text/count'
import type { Evidence, Rule } from '../evidence'
import { failuresOfAbsent, isUnallocated, unstarted } from '../unstarted'
import { containerNames, hostNames, place } from '../wording'

/**
 * A container got no address because the subnet has none left. Each host takes one for itself (its load balancer's), and
 * the gateway one; the engine's words are those of any container that cannot be attached.
 */
export const addressesUsedUp: Rule = {
  id: 'addresses-used-up',
  diagnose(evidence) {
    const absent = unstarted(evidence).filter(({ error }) => isUnallocated(error))
    const { reading, network, failures } = evidence
    const view = reading?.manager?.view
    const space = view && roomOf(evidence)
    if (absent.length === 0 || !space || space.used < space.usable) return []
    const peers = absent.map(({ peer }) => peer)
    return [
      {
        explains: failuresOfAbsent(failures, absent),
        finding: {
          cause: 'addresses-used-up',
          title: `${network.name} has no address left: ${space.used} of ${space.usable} are in use.`,
          confidence: 90,
          hosts: hostNames(peers),
          containers: containerNames(peers),
          evidence: [
            `The subnet ${view.subnets.join(', ')} has ${count(space.usable, 'address', 'addresses')} for the gateway, the hosts and the containers.`,
            `In use are 1 by the gateway, ${space.hosts} by hosts (one each) and ${space.containers} by containers and services.`,
            ...absent.map(({ peer, error }) => `${place(peer)} was not started: “${error}”`),
          ],
          remedy: `Create ${network.name} again with a larger subnet and move its members; removing containers that are not needed frees addresses, too.`,
          fixes: [],
        },
      },
    ]
  },
}

function roomOf({ reading, network }: Evidence) {
  const subnets = (reading?.manager?.view?.subnets ?? []).flatMap((text) => {
    const parsed = parseCidr(text)
    return parsed.isValid ? [parsed.value] : []
  })
  if (reading?.manager === undefined || subnets.length === 0) return undefined
  const usable = subnets.reduce((sum, subnet) => sum + usableAddresses(subnet), 0)
  const own = reading.manager.attachments.filter(({ networkIds }) => networkIds.includes(network.id))
  const views = reading.hosts.flatMap(({ view }) => view ?? [])
  // Names of tasks and of containers by their addresses, so that nothing counts twice; virtual addresses of services.
  const addresses = new Set([
    ...own.flatMap((task) => task.addresses),
    ...views.flatMap(({ names, services }) => [
      ...names.map(({ address }) => address),
      ...services.flatMap(({ virtualAddress }) => virtualAddress ?? []),
    ]),
  ])
  const hosts = views.length
  return { usable, hosts, containers: addresses.size, used: addresses.size + hosts + 1 }
}
