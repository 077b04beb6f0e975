import { isolatedHosts } from '../../host-checks/gossip'
import { enumerate } from '../../text/count'
import type { Rule } from '../evidence'
import { failuresAcross, openPortsFix } from '../host-failures'

/** No host knows of any other: what is closed is between all of them, not on one. */
export const hostsIsolated: Rule = {
  id: 'hosts-isolated',
  diagnose({ reading, failures }) {
    if (reading === undefined) return []
    const speaking = isolatedHosts(reading)
    if (speaking.length === 0) return []
    const pings = speaking.flatMap(({ local }) => local?.pings ?? [])
    const names = speaking.map(({ name }) => name)
    return [
      {
        explains: failuresAcross(failures, new Set(speaking.map(({ hostId }) => hostId))),
        finding: {
          cause: 'hosts-isolated',
          title: `No host hears of any other: ${enumerate(names)}.`,
          confidence: 85,
          hosts: names,
          containers: [],
          evidence: [
            ...speaking.map(({ name }) => `The engine of ${name} gossips with nobody but itself.`),
            ...(pings.length === 0
              ? []
              : [
                  `${pings.filter(({ check }) => check.result === 'pass').length} of ${pings.length} pings between the hosts themselves were answered.`,
                ]),
          ],
          remedy:
            'Look at what is between the hosts: the hypervisor’s or provider’s firewall (security groups), or the same rules on all of them. They need 2377/tcp, 7946/tcp, 7946/udp and the data path of each other.',
          fixes: [openPortsFix(speaking)],
          alternatives: [
            'A machine that bridges the hosts’ network and runs Docker itself drops what it forwards: its FORWARD policy is DROP. Then not even pings between the hosts get through.',
          ],
        },
      },
    ]
  },
}
