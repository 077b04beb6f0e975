import { dialsTo } from '../../host-checks/gossip'
import type { Rule } from '../evidence'
import { dialsInWords } from '../dials-in-words'
import { openPortsFix } from '../host-failures'

/**
 * 7946/tcp is closed while 7946/udp is open: all works, until a host has been away and its state has to be brought up to
 * date over TCP. Said for information; it explains no failure.
 */
export const gossipPartlyClosed: Rule = {
  id: 'gossip-partly-closed',
  diagnose({ reading }) {
    return (reading?.hosts ?? []).flatMap((host) => {
      const dials = reading ? dialsTo(reading, host, 7946) : []
      const isSilent = dials.length > 0 && dials.every(({ check }) => ['lost', 'no-route'].includes(check.observation))
      const others = reading?.hosts.filter((other) => other !== host && other.gossip) ?? []
      if (!reading || !isSilent || !others.every(({ gossip }) => gossip?.includes(host.address))) return []
      // Where the host itself is away, ping is silent as well, and others say more.
      const isAway = reading.hosts.some(({ local }) =>
        local?.pings.some(({ address, check }) => address === host.address && check.result === 'fail'),
      )
      if (isAway) return []
      return [
        {
          explains: [],
          finding: {
            cause: 'gossip-partly-closed',
            title: `7946/tcp of ${host.name} is closed; the swarm still knows it by 7946/udp.`,
            confidence: 85,
            hosts: [host.name],
            containers: [],
            evidence: [...dialsInWords(reading, host, 7946), `All other hosts list ${host.name} among their peers.`],
            remedy: `Open 7946/tcp of ${host.name} to the other hosts: without it, it takes long to learn what it missed.`,
            fixes: [openPortsFix([host])],
          },
        },
      ]
    })
  },
}
