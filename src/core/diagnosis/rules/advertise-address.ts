import type { Rule } from '../evidence'
import { failuresAcross } from '../host-failures'
import { otherAddressOf } from '../told-address'
import { failuresOfAbsent } from '../unstarted'
import { containerNames, place } from '../wording'

/**
 * A node tells the others an address that does not lead to it: gossip and the containers' traffic go there. The manager
 * sees the address that the node really comes from.
 */
export const advertiseAddress: Rule = {
  id: 'advertise-address',
  diagnose({ reading, failures }) {
    return (reading?.hosts ?? []).flatMap((host) => {
      if (!reading) return []
      const other = otherAddressOf(reading, host)
      if (other === undefined) return []
      const { told, seen, refused } = other
      const explains = [...failuresAcross(failures, new Set([host.hostId])), ...failuresOfAbsent(failures, refused)]
      // An address that works is one by design, for instance behind NAT.
      if (explains.length + refused.length === 0) return []
      return [
        {
          explains,
          finding: {
            cause: 'advertise-address',
            title: `${host.name} tells the other hosts the address ${told}, and is at ${seen}.`,
            confidence: 90,
            hosts: [host.name],
            containers: containerNames(refused.map(({ peer }) => peer)),
            evidence: [
              `The engine of ${host.name} says that its address in the swarm is ${told}.`,
              `${reading.manager?.name ?? 'The manager'} sees the node come from ${seen}.`,
              ...(refused.length < explains.length
                ? [
                    `Containers on ${host.name} and on other hosts do not hear each other, or do not know each other’s names.`,
                  ]
                : []),
              ...refused.map(({ exit, peer }) => `${place(peer)} was not started: “${exit?.error ?? ''}”`),
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
