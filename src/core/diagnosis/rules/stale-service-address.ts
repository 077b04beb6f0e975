import { groupBy } from '../../collections/group-by'
import { contains, parseCidr } from '../../forms/cidr'
import { enumerate } from '../../text/count'
import { addressOwner } from '../address-owner'
import type { Evidence, Rule } from '../evidence'
import type { NameFailure } from '../name-failures'
import { place, unique } from '../wording'

/**
 * The name of a service leads to an address of the network that none of its tasks has, nor anybody else: an entry that was
 * left in the hosts' tables. Engines leave a service's own address there when its mode is changed from `vip` to `dnsrr`
 * while it has tasks (seen with Docker 20.10 and 26.1), and it stays for as long as they run.
 */
export const staleServiceAddress: Rule = {
  id: 'stale-service-address',
  diagnose(evidence) {
    const stale = evidence.nameFailures.filter((failure) => staleIn(evidence, failure).length > 0)
    return [...groupBy(stale, ({ name }) => name.target.service).values()].map((own) => {
      const { target } = own[0].name
      const addresses = unique(own.flatMap((failure) => staleIn(evidence, failure)))
      const names = unique(own.map(({ name }) => name.target.name))
      const hosts = unique(own.map(({ name }) => name.from.host))
      const isRoundRobin = target.endpointMode === 'dnsrr'
      return {
        explains: [],
        explainsNames: own,
        finding: {
          cause: 'stale-service-address',
          title: `The name of the ${target.standsFor} leads to ${enumerate(addresses)}, which nobody has.`,
          confidence: 92,
          hosts,
          containers: [],
          evidence: [
            `${enumerate(unique(own.map(({ name }) => place(name.from))))} asked for ${enumerate(names)} and got ${enumerate(unique(own.flatMap(({ check }) => check.addresses ?? [])), 8)}.`,
            `A manager says that its tasks have ${enumerate(target.meant.map(({ address }) => address)) || 'no address'}${isRoundRobin ? ', and that it has no address of its own (dnsrr)' : ''}.`,
            ...(isRoundRobin
              ? [
                  'Engines keep the address that a service had before its mode was changed from vip to dnsrr, where it had tasks then.',
                ]
              : []),
          ],
          remedy: `Give the service another name, because the entry outlives the service; or restart Docker on ${enumerate(hosts)}, which ends it there. To change a service’s mode without this, scale it to 0 first: docker service scale ${target.service ?? 'NAME'}=0.`,
          fixes: [],
          alternatives: [
            'A container or a task that the manager has just given up may have had the address: test again.',
          ],
        },
      }
    })
  },
}

function staleIn(
  { network, pairs, gateways = [] }: Evidence,
  { name: { target }, check }: NameFailure,
): readonly string[] {
  if (target.service === undefined || check.kind !== 'name' || check.hostsFile !== undefined) return []
  const meant = new Set(target.meant.map(({ address }) => address))
  return (check.addresses ?? []).filter(
    (address) =>
      !meant.has(address) &&
      network.subnets.some((subnet) => isIn(subnet, address)) &&
      addressOwner(pairs, address) === undefined &&
      !gateways.some((gateway) => gateway.address === address),
  )
}

function isIn(subnet: string, address: string): boolean {
  const cidr = parseCidr(subnet)
  return cidr.isValid && contains(cidr.value, address)
}
