import { isLost } from '../connectivity/evaluate'
import type { PairResult, TestedNetwork } from '../connectivity/types'
import { enumerate } from '../text/count'
import { groupBrokenPaths, type BrokenPaths } from './culprit-hosts'
import type { Evidence, Explanation, Failure } from './evidence'
import { hostPaths, isAnsweredPair, isLostPair, type HostPath } from './host-paths'
import { defaultDataPathPort, overlayPortsInWords } from './overlay-ports'
import { containerNames } from './wording'

/** Ways between hosts on which nothing gets through, grouped so that each group has one explanation. */
export interface BrokenWay {
  readonly broken: BrokenPaths
  /** The finding without a more specific cause, and what it explains. */
  readonly explanation: Explanation
}

/** The broken ways that no earlier rule has explained. */
export function brokenWays(evidence: Evidence): readonly BrokenWay[] {
  // Sorting thousands of pairs by host takes its time: only where something is lost.
  if (!evidence.failures.some(({ check }) => isLost(check))) return []
  const paths = hostPaths(evidence.pairs)
  return groupBrokenPaths(paths).flatMap((broken) => {
    const explanation = explain(evidence, paths, broken)
    return explanation ? [{ broken, explanation }] : []
  })
}

function explain(evidence: Evidence, paths: readonly HostPath[], broken: BrokenPaths): Explanation | undefined {
  const lost = new Set(broken.paths.flatMap((path) => path.lost))
  const explains = evidence.failures.filter((failure) => lost.has(failure.pair) && followsFromLoss(failure))
  if (explains.length === 0) return undefined
  const hosts = broken.hosts.map(({ name }) => name)
  const { network } = evidence
  const peers = [...lost].flatMap(({ from, to }) => [from, to])
  const culprits = new Set(broken.hosts.map(({ id }) => id))
  const own = broken.shape === 'host' ? peers.filter(({ hostId }) => culprits.has(hostId)) : peers
  return {
    explains,
    finding: {
      cause: 'no-path-between-hosts',
      title: titleOf(broken, hosts),
      confidence: confidenceOf(evidence, broken),
      hosts,
      containers: containerNames(own),
      evidence: [
        ...broken.paths.map(lossInWords),
        othersInWords(paths, broken),
        withinHostsInWords(evidence.pairs),
        namesInWords([...lost], network.scope),
        `Overlay networks need between all hosts: ${overlayPortsInWords(network)}.`,
      ].filter((sentence) => sentence !== ''),
      remedy: remedyFor(broken, hosts, network),
      fixes: [
        {
          id: 'show-firewall-commands',
          title: `Show the commands that open the ports on ${enumerate(hosts)}`,
          containerIds: [],
          hostIds: broken.hosts.map(({ id }) => id),
        },
      ],
    },
  }
}

/** A closed port or a doubled name has a cause of its own, whatever the way is like. */
function followsFromLoss({ check }: Failure): boolean {
  return isLost(check) || check.observation === 'unknown-name'
}

function titleOf({ shape }: BrokenPaths, hosts: readonly string[]): string {
  switch (shape) {
    case 'host':
      return `Nothing gets through between ${enumerate(hosts)} and the other hosts.`
    case 'pair':
      return `Nothing gets through between ${enumerate(hosts)}.`
    case 'all':
      return `Nothing gets through between any two hosts.`
  }
}

/** A path that works beside the broken one is what makes the conclusion sure. */
function confidenceOf({ pairs }: Evidence, { shape, paths }: BrokenPaths): number {
  if (shape === 'host') return 85
  if (shape === 'all') return 70
  const isOnlyPath = !pairs.some(
    ({ from, to }) => from.hostId !== to.hostId && !isPathBetween(paths, from.hostId, to.hostId),
  )
  if (!isOnlyPath) return 85
  return pairs.some((pair) => pair.from.hostId === pair.to.hostId && isAnsweredPair(pair)) ? 80 : 65
}

function isPathBetween(paths: readonly HostPath[], from: string, to: string): boolean {
  return paths.some(({ a, b }) => [a.id, b.id].includes(from) && [a.id, b.id].includes(to))
}

function lossInWords({ a, b, lost }: HostPath): string {
  return `Between ${a.name} and ${b.name} ${lost.length} of ${lost.length} pairs of containers got no answer to ping or TCP.`
}

function othersInWords(paths: readonly HostPath[], broken: BrokenPaths): string {
  const others = paths.filter((path) => !broken.paths.includes(path) && path.answered.length > 0)
  if (others.length === 0) return ''
  const list = others.map(({ a, b, answered, lost }) => {
    return `${a.name} and ${b.name} (${answered.length} of ${answered.length + lost.length} pairs)`
  })
  return `Other hosts reach each other: ${enumerate(list)}.`
}

function withinHostsInWords(pairs: readonly PairResult[]): string {
  const local = pairs.filter(({ from, to }) => from.hostId === to.hostId)
  const answered = local.filter(isAnsweredPair).length
  const tested = answered + local.filter(isLostPair).length
  return tested === 0 ? '' : `On one and the same host ${answered} of ${tested} pairs of containers reach each other.`
}

function namesInWords(lost: readonly PairResult[], scope: TestedNetwork['scope']): string {
  const names = lost.flatMap(({ checks }) =>
    checks.filter(({ kind, result }) => kind === 'name' && result !== 'not-tested'),
  )
  const known = names.filter(({ result }) => result === 'pass').length
  if (names.length === 0) return ''
  // With a key-value store names come from there: they tell nothing about the way between the hosts.
  if (scope === 'global')
    return `In these pairs ${known} of ${names.length} names resolved; they come from the key-value store.`
  const meaning =
    known === names.length
      ? ': the swarm itself gets through, the containers’ traffic does not'
      : ': what spreads names between the hosts (port 7946) is disturbed as well'
  return `In these pairs ${known} of ${names.length} names resolved${meaning}.`
}

function remedyFor({ shape }: BrokenPaths, hosts: readonly string[], network: TestedNetwork): string {
  const { isEncrypted, scope, dataPathPort = defaultDataPathPort } = network
  const ports = isEncrypted ? `${dataPathPort}/udp and IP protocol 50 (ESP)` : `${dataPathPort}/udp`
  const where =
    shape === 'host'
      ? `on ${enumerate(hosts)}`
      : shape === 'pair'
        ? `on ${hosts.join(' or ')}`
        : 'on the hosts or in the network between them (security groups, the hypervisor)'
  // Seen with Docker 20.10 where engines start side by side: the gossip of one is refused by another that does not listen
  // yet, and is never tried again.
  if (scope === 'global') {
    const restart = shape === 'all' ? 'on one host after the other' : `on ${hosts.join(' or ')}`
    return `Look for a firewall ${where} that drops 7946/tcp and 7946/udp or the data path, ${ports}. Where all are open, an engine has missed the others at its start: restart Docker ${restart}, which restarts its containers.`
  }
  return `Look for a firewall ${where} that drops the data path, first ${ports}, then 7946/tcp and 7946/udp; open them to the other hosts’ addresses only.`
}
