import { groupBy } from '../collections/group-by'
import { exposedTcpPorts } from '../connectivity/probe-ports'
import { planPeers } from '../connectivity/plan-peers'
import type { PairResult, Peer } from '../connectivity/types'
import type { ConnectivityRun } from '../connectivity/run'
import type { Fleet } from '../model/fleet'
import type { FleetNetwork } from '../model/network'
import { singleLine } from '../text/single-line'

/** Who reaches whom on what, as a line of a new contract. */
interface Draft {
  readonly from: string
  readonly to: string
  readonly ports: readonly number[]
}

/**
 * A contract of what is so now, to be cut down to what is meant: from a network's last test what passed, or without one what
 * its containers offer. Tasks of a service are named by their service.
 *
 * @param run the last test of the network; absent where there was none
 */
export function writeContract(fleet: Fleet, network: FleetNetwork, run?: ConnectivityRun): string {
  const peers = planPeers(fleet, network)
  const drafts = run ? draftsOfRun(run.pairs) : draftsOfPeers(peers)
  const origin = run
    ? `what passed in its test of ${new Date(run.startedAt).toISOString().slice(0, 16).replace('T', ' ')} UTC`
    : 'what its containers offer; nothing of it was tested yet'
  const lines = [
    `# Who must reach whom on ${singleLine(network.name)}: ${origin}.`,
    '# Keep the lines that are meant, say why with "because", and delete the others.',
    `network: ${scalar(network.name)}`,
    ...(drafts.length > 0 ? ['must:'] : ['must: []  # nobody reaches anybody: write "- from: …, to: …" below']),
    ...mergeSources(drafts).flatMap(({ from, to, ports }) => [
      `  - from: ${from}`,
      `    to: ${to}`,
      `    name: true`,
      ports.length > 0 ? `    tcp: [${ports.join(', ')}]` : '    ping: true',
    ]),
    '# What must stay apart; a line holds only where the target serves the port.',
    '# mustNot:',
    '#   - { from: client, to: database, tcp: 5432 }',
    '',
  ]
  return lines.join('\n')
}

function draftsOfRun(pairs: readonly PairResult[]): readonly Draft[] {
  return pairs
    .filter(({ result, from, to }) => result === 'pass' && nameOf(from) !== nameOf(to))
    .map(({ from, to, checks }) => ({
      from: nameOf(from),
      to: nameOf(to),
      ports: checks.flatMap(({ kind, result, port }) => (kind === 'tcp' && result === 'pass' && port ? [port] : [])),
    }))
}

function draftsOfPeers(peers: readonly Peer[]): readonly Draft[] {
  return peers.flatMap((from) =>
    peers
      .filter((to) => nameOf(to) !== nameOf(from) && exposedTcpPorts(to.ports).length > 0)
      .map((to) => ({ from: nameOf(from), to: nameOf(to), ports: exposedTcpPorts(to.ports).slice(0, 16) })),
  )
}

/** One line for all who reach the same target on the same ports. */
function mergeSources(drafts: readonly Draft[]): readonly Draft[] {
  const byTarget = groupBy(drafts, ({ to, ports }) => `${to} ${ports.join(',')}`)
  return [...byTarget.values()].map((own) => {
    const sources = [...new Set(own.map(({ from }) => from))].sort()
    return { ...own[0], from: sources.length === 1 ? (sources[0] ?? '') : `[${sources.join(', ')}]` }
  })
}

function nameOf({ container, service }: Peer): string {
  return service === undefined ? scalar(container) : `{ service: ${scalar(service)} }`
}

/** In quotes where YAML would read something else than a text, for instance `on` or `1e3`. */
function scalar(text: string): string {
  const isPlain = /^[A-Za-z][\w.-]*$/.test(text) && !/^(true|false|null|yes|no|on|off|y|n)$/i.test(text)
  return isPlain ? text : JSON.stringify(singleLine(text))
}
