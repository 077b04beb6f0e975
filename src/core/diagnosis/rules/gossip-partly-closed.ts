import { dialsTo } from '../../host-checks/gossip'
import { udpWordOn } from '../../host-checks/gossip-probes'
import type { HostReading, HostsReading } from '../../host-checks/hosts-reading'
import type { Explanation, Rule } from '../evidence'
import { hasClone } from '../clones'
import { dialsInWords, dropsInWords } from '../dials-in-words'
import { openPortsFix } from '../host-failures'

/**
 * One of 7946/tcp and 7946/udp is closed while the other is open: all works, until a host has been away and its state has to
 * be brought up to date over TCP, or until TCP is slow. Said for information; it explains no failure.
 */
export const gossipPartlyClosed: Rule = {
  id: 'gossip-partly-closed',
  diagnose({ reading }) {
    if (reading === undefined) return []
    return reading.hosts
      .filter((host) => !hasClone(reading, host))
      .flatMap((host) => tcpClosed(reading, host) ?? udpClosed(reading, host) ?? [])
  },
}

function tcpClosed(reading: HostsReading, host: HostReading): Explanation | undefined {
  const dials = dialsTo(reading, host, 7946)
  const isSilent = dials.length > 0 && dials.every(({ check }) => ['lost', 'no-route'].includes(check.observation))
  const others = reading.hosts.filter((other) => other !== host && other.gossip)
  if (!isSilent || !others.every(({ gossip }) => gossip?.includes(host.address))) return undefined
  // Where the host itself is away, ping is silent as well, and others say more.
  const isAway = reading.hosts.some(({ local }) =>
    local?.pings.some(({ address, check }) => address === host.address && check.result === 'fail'),
  )
  if (isAway) return undefined
  return {
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
  }
}

function udpClosed(reading: HostsReading, host: HostReading): Explanation | undefined {
  const { isSilentNow, inWords } = udpWordOn(reading, host)
  if (!isSilentNow) return undefined
  return {
    explains: [],
    finding: {
      cause: 'gossip-partly-closed',
      title: `7946/udp of ${host.name} is closed; the swarm knows it by 7946/tcp alone.`,
      confidence: 85,
      hosts: [host.name],
      containers: [],
      evidence: [
        `By the logs of their engines, ${inWords}`,
        ...dropsInWords({ ...reading, hosts: [host] }, 'udp', 7946),
      ],
      remedy: `Open 7946/udp of ${host.name} to the other hosts: without it, news of containers and names spread late, and a host that is busy is soon taken for dead.`,
      fixes: [openPortsFix([host])],
    },
  }
}
