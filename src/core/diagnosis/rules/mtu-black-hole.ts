import type { PairResult } from '../../connectivity/types'
import { count, enumerate } from '../../text/count'
import { groupBrokenPaths, type BrokenPaths } from '../culprit-hosts'
import { cardTowards } from '../../host-checks/card-towards'
import type { HostsReading } from '../../host-checks/hosts-reading'
import type { Evidence, Explanation, Failure, Rule } from '../evidence'
import { hostPaths } from '../host-paths'
import { containerNames } from '../wording'

/** Bytes that VXLAN adds to a container's packet (RFC 7348, 5: outer IPv4, UDP, VXLAN and inner Ethernet headers). */
const vxlanBytes = 50

/**
 * Small packets get through between two hosts, those as large as the overlay allows do not: something between the hosts
 * carries less than the overlay was made for and drops the rest without a word. Names and ping work, downloads hang. The
 * engine does not look at the hosts' links when it chooses the MTU (moby, drivers/overlay/ov_network.go).
 */
export const mtuBlackHole: Rule = {
  id: 'mtu-black-hole',
  diagnose(evidence) {
    if (!evidence.pairs.some(isTooLarge)) return []
    const paths = hostPaths(evidence.pairs, { isAnswered: isFullSizeFine, isLost: isTooLarge })
    return groupBrokenPaths(paths).flatMap((broken) => explain(evidence, broken) ?? [])
  },
}

function isFullSizeFine({ checks }: PairResult): boolean {
  return checks.some(({ kind, result }) => kind === 'mtu' && result === 'pass')
}

function isTooLarge({ checks }: PairResult): boolean {
  return checks.some(({ observation }) => observation === 'too-large')
}

function explain({ failures, network, reading }: Evidence, broken: BrokenPaths): Explanation | undefined {
  const lost = new Set(broken.paths.flatMap((path) => path.lost))
  const explains = failures.filter(({ pair, check }) => check.kind === 'mtu' && lost.has(pair))
  if (explains.length === 0) return undefined
  const hosts = broken.hosts.map(({ name }) => name)
  const sent = Math.max(...explains.map(({ check }) => check.bytes ?? 0))
  const largest = smallestOf(explains)
  const cards = cardsBetween(broken, reading)
  return {
    explains,
    finding: {
      cause: 'mtu-black-hole',
      title: `Large packets get lost ${where(broken, hosts)}: ${largest === undefined ? `those of ${sent} bytes` : `above ${largest} of ${sent} bytes`}.`,
      confidence: largest === undefined ? 75 : 90,
      hosts,
      containers: containerNames([...lost].flatMap(({ from, to }) => [from, to])),
      evidence: [
        `${count(lost.size, 'pair')} of containers answered a small ping and none of ${sent} bytes, the MTU of ${network.name}, in four tries.`,
        ...(largest === undefined ? [] : [underlayInWords(network, largest)]),
        ...broken.paths.map(({ a, b }) => `Nothing that large got through between ${a.name} and ${b.name}.`),
        ...cards.map(({ host, name, mtu }) => `The network card ${name} of ${host} has an MTU of ${mtu}.`),
      ],
      remedy: [remedyFor(network, largest), ...smallCardInWords(cards)].join(' '),
      fixes: [],
    },
  }
}

interface Card {
  readonly host: string
  readonly name: string
  readonly mtu: number
}

/** The cards that the packets go through, where somebody looked at them; each once. */
function cardsBetween({ paths }: BrokenPaths, reading: HostsReading | undefined): readonly Card[] {
  const cards = paths.flatMap(({ a, b }) =>
    [
      [a, b],
      [b, a],
    ].flatMap(([from, to]) => {
      const host = reading?.hosts.find(({ hostId }) => hostId === from?.id)
      const address = reading?.hosts.find(({ hostId }) => hostId === to?.id)?.address ?? ''
      const card = host?.local && cardTowards(host.local, address)
      return host && card ? [{ host: host.name, name: card.name, mtu: card.mtu }] : []
    }),
  )
  return [...new Map(cards.map((card) => [`${card.host} ${card.name}`, card])).values()]
}

/** Where one card carries less than another, it is the one to look at; otherwise something between the hosts is. */
function smallCardInWords(cards: readonly Card[]): readonly string[] {
  if (cards.length < 2) return []
  const least = Math.min(...cards.map(({ mtu }) => mtu))
  const small = cards.filter(({ mtu }) => mtu === least)
  if (small.length === cards.length)
    return [
      `The hosts’ own cards all have ${least}: look for what carries less between them (a tunnel, a VPN, a switch).`,
    ]
  return [`Look first at ${enumerate(small.map(({ host, name }) => `${name} of ${host}`))}, which has the least.`]
}

function where({ shape }: BrokenPaths, hosts: readonly string[]): string {
  if (shape === 'all') return 'between all hosts'
  return shape === 'host' ? `between ${enumerate(hosts)} and the other hosts` : `between ${enumerate(hosts)}`
}

/** What was measured, the least of it: the network has one MTU for all. */
function smallestOf(failures: readonly Failure[]): number | undefined {
  const measured = failures.flatMap(({ check }) => check.largestBytes ?? [])
  return measured.length === 0 ? undefined : Math.min(...measured)
}

/** Encryption adds a padding that varies: what the hosts carry can be told for plain overlays only. */
function underlayInWords({ driver, isEncrypted }: Evidence['network'], largest: number): string {
  const packets = `Packets of up to ${largest} bytes came back`
  if (driver !== 'overlay' || isEncrypted) return `${packets}.`
  return `${packets}: with VXLAN's ${vxlanBytes} bytes the hosts carry ${largest + vxlanBytes}.`
}

/**
 * Links take four bytes more than their MTU, the room of a VLAN tag (linux/include/linux/netdevice.h, is_skb_forwardable):
 * what came through once is rounded down to what is an MTU somewhere.
 */
function remedyFor({ driver, isEncrypted, name }: Evidence['network'], largest: number | undefined): string {
  const links = 'Raise the MTU of the links between the hosts'
  if (driver !== 'overlay' || isEncrypted || largest === undefined)
    return `${links}, or make ${name} anew with a smaller MTU.`
  const mtu = Math.floor((largest + vxlanBytes) / 10) * 10
  const meaning = `the option means the hosts' MTU; containers then have ${mtu - vxlanBytes}`
  return `${links}, or make ${name} anew with an MTU of ${mtu} (${meaning}).`
}
