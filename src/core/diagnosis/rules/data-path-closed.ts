import { isGossipWhole } from '../../host-checks/gossip'
import { enumerate } from '../../text/count'
import { brokenWays, type BrokenWay } from '../broken-paths'
import { dropsInWords } from '../dials-in-words'
import { directionsInWords } from '../directions-in-words'
import type { Evidence, Explanation, Rule } from '../evidence'

/**
 * Nothing gets through between containers on different hosts, while the hosts themselves hear each other: their gossip is
 * whole, so 7946 is open, and what is dropped is the data path. That an UDP port is open cannot be proved by asking it: both
 * ends' own words, the containers' traffic and the packet filters' counters are the evidence.
 */
export const dataPathClosed: Rule = {
  id: 'data-path-closed',
  diagnose: (evidence) => brokenWays(evidence).flatMap((way) => explain(evidence, way) ?? []),
}

function explain({ reading, network }: Evidence, { broken, explanation }: BrokenWay): Explanation | undefined {
  const ids = new Set(broken.paths.flatMap(({ a, b }) => [a.id, b.id]))
  if (reading === undefined || isGossipWhole(reading, ids) !== true) return undefined
  const { finding, explains } = explanation
  const port = `${reading.dataPathPort}/udp`
  const drops = dropsInWords(reading, 'udp', reading.dataPathPort)
  const names = broken.hosts.map(({ name }) => name)
  const where =
    broken.shape === 'host'
      ? `on ${enumerate(names)}`
      : broken.shape === 'pair'
        ? `between ${enumerate(names)}`
        : 'between all hosts'
  return {
    explains,
    finding: {
      ...finding,
      cause: 'data-path-closed',
      title: `The containers’ traffic (${port}) is dropped ${where}.`,
      confidence: Math.min(99, finding.confidence + (drops.length > 0 ? 12 : 5)),
      evidence: [
        ...finding.evidence,
        `These hosts list each other as peers, so gossip (7946) gets through; names resolve for that reason.`,
        ...directionsInWords(reading, ids),
        ...drops,
        ...deafHosts(reading, ids),
      ],
      remedy: `Open ${port} ${where} to the other hosts’ addresses only: in the hosts’ own firewall, and in the provider’s or hypervisor’s.`,
      alternatives: [
        ...(network.isEncrypted
          ? [
              'The network is encrypted: IP protocol 50 (ESP) may be what is dropped, or the kernel lacks it. A network that is not encrypted, between the same hosts, tells.',
            ]
          : []),
        'VMware NSX uses 4789/udp itself and drops what is not its own: then a new swarm with another --data-path-port helps.',
        'A network card that computes wrong checksums for VXLAN (vmxnet3): “ethtool -K DEVICE tx-checksum-ip-generic off” tells.',
      ],
    },
  }
}

/** Hosts on which nothing receives at the data path's port at all. */
function deafHosts(reading: NonNullable<Evidence['reading']>, ids: ReadonlySet<string>): readonly string[] {
  return reading.hosts
    .filter(({ hostId, local }) => ids.has(hostId) && local && !local.udpPorts.includes(reading.dataPathPort))
    .map(({ name }) => `On ${name} nothing receives at ${reading.dataPathPort}/udp.`)
}
