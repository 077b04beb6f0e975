import type { Rule } from '../evidence'
import { failuresAcross, nodeOf } from '../host-failures'

/** What a manager calls itself where it listens everywhere. */
const unspecified: ReadonlySet<string> = new Set(['0.0.0.0', '127.0.0.1', '::', '::1'])

/**
 * A node tells the others an address that does not lead to it: gossip and the containers' traffic go there. The manager
 * sees the address that the node really comes from.
 */
export const advertiseAddress: Rule = {
  id: 'advertise-address',
  diagnose({ reading, failures }) {
    return (reading?.hosts ?? []).flatMap((host) => {
      if (!reading) return []
      const seen = nodeOf(reading, host)?.address
      const told = host.swarm.nodeAddress
      if (seen === undefined || told === undefined || seen === told || unspecified.has(seen)) return []
      const explains = failuresAcross(failures, new Set([host.hostId]))
      // An address that works is one by design, for instance behind NAT.
      if (explains.length === 0) return []
      return [
        {
          explains,
          finding: {
            cause: 'advertise-address',
            title: `${host.name} tells the other hosts the address ${told}, and is at ${seen}.`,
            confidence: 90,
            hosts: [host.name],
            containers: [],
            evidence: [
              `The engine of ${host.name} says that its address in the swarm is ${told}.`,
              `${reading.manager?.name ?? 'The manager'} sees the node come from ${seen}.`,
              `Containers on ${host.name} and on other hosts do not hear each other, or do not know each other’s names.`,
            ],
            remedy: `Let ${host.name} leave the swarm and join again with --advertise-addr and the address that the other hosts reach it at.`,
            fixes: [],
            alternatives: [
              'Where both addresses are meant to lead to it, for instance by NAT, look at the ports: 7946 and the data path have to be forwarded, too.',
            ],
          },
        },
      ]
    })
  },
}
