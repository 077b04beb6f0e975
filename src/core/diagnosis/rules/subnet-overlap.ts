import type { Rule } from '../evidence'
import { failuresOfAbsent, isUnallocated, unstarted } from '../unstarted'
import { containerNames, hostNames, place } from '../wording'

/**
 * The managers took the network and could not give it addresses: another overlay has its subnet. Creating it says nothing;
 * attaching to it fails after twenty seconds.
 */
export const subnetOverlap: Rule = {
  id: 'subnet-overlap',
  diagnose(evidence) {
    const { reading, failures, network } = evidence
    const view = reading?.manager?.view
    if (view?.driver !== '' || view.subnets.length > 0) return []
    const absent = unstarted(evidence).filter(({ error }) => isUnallocated(error))
    const peers = absent.map(({ peer }) => peer)
    return [
      {
        explains: failuresOfAbsent(failures, absent),
        finding: {
          cause: 'subnet-overlap',
          title: `${network.name} has no addresses: its subnet is another network’s, too.`,
          confidence: 95,
          hosts: hostNames(peers),
          containers: containerNames(peers),
          evidence: [
            `${reading?.manager?.name ?? 'The manager'} lists ${network.name} without a driver and without a subnet: it could not be set up.`,
            ...absent.map(({ peer, error }) => `${place(peer)} was not started: “${error}”`),
          ],
          remedy: `Remove ${network.name} and create it again with a subnet that no other network of the swarm has.`,
          fixes: [],
          alternatives: ['Its driver is a plugin that the managers do not have.'],
        },
      },
    ]
  },
}
