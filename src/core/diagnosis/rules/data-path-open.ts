import { isPublicAddress } from '../../host-checks/public-address'
import type { Rule } from '../evidence'

/**
 * The data path is open to everybody: the host has a public address and its packet filter drops nothing at all. VXLAN
 * has no authentication: whoever can send to the port can send into the containers' networks (GHSA-vwm3-crmr-xfxw).
 */
export const dataPathOpen: Rule = {
  id: 'data-path-open',
  diagnose({ reading }) {
    return (reading?.hosts ?? []).flatMap((host) => {
      if (!reading || !isPublicAddress(host.address) || host.firewall?.isDataPathOpen !== true) return []
      return [
        {
          explains: [],
          finding: {
            cause: 'data-path-open',
            title: `${reading.dataPathPort}/udp of ${host.name} is open to everybody, as far as the host itself is concerned.`,
            confidence: host.firewall.unseen ? 50 : 60,
            hosts: [host.name],
            containers: [],
            evidence: [
              `${host.name} has the public address ${host.address}.`,
              'Its packet filter accepts what comes in, and no rule drops or rejects anything.',
              ...(host.firewall.unseen ?? []).map((what) => `Not seen at ${host.name}: ${what}.`),
            ],
            remedy: `Let only the other hosts’ addresses in at ${reading.dataPathPort}/udp, 7946/tcp, 7946/udp and 2377/tcp: anybody who can send to the data path can send into the containers’ networks.`,
            fixes: [
              {
                id: 'limit-ports',
                title: `Let only the other hosts send to ${reading.dataPathPort}/udp of ${host.name}`,
                containerIds: [],
                hostIds: [host.hostId],
              },
            ],
            alternatives: ['The provider’s own firewall (security groups) may limit it before it reaches the host.'],
          },
        },
      ]
    })
  },
}
