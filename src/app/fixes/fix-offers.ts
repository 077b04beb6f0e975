import type { Peer } from '../../core/connectivity/types'
import type { ConnectivityRun } from '../../core/connectivity/run'
import type { Finding, Fix } from '../../core/diagnosis/finding'
import type { Fleet } from '../../core/model/fleet'
import { findContainer } from '../fleet-lookup'
import type { TestResults } from '../test-results'
import type { NodeSubject } from '../tree/tree-node'

/** Something that a last test found, and one way to mend it. */
export interface FixOffer {
  readonly network: string
  readonly finding: Finding
  /** What the fix's command is run on. */
  readonly subject: Extract<NodeSubject, { readonly kind: 'finding' }>
  /** Absent where there is none that could be planned: the finding says what to do by hand. */
  readonly fix?: Fix
}

/** What the fixes of a thing are looked for in. */
export interface FixSources {
  readonly fleet: Fleet
  readonly results: Pick<TestResults, 'latest'>
}

/**
 * The ways to mend what the last tests found about a thing: a finding, a network, a container, a pair of containers;
 * all of them where nothing is named. In the order of the findings, the most specific first.
 */
export function fixOffers(subject: NodeSubject | undefined, { fleet, results }: FixSources): readonly FixOffer[] {
  return networkKeys(subject, fleet).flatMap((networkKey) => {
    const run = results.latest(networkKey)
    if (run === undefined) return []
    const isAbout = matcher(subject, run, fleet)
    return run.findings.flatMap((finding, index) =>
      isAbout(finding, index)
        ? waysOf(finding).map((fix): FixOffer => ({
            network: run.network.name,
            finding,
            subject: { kind: 'finding', networkKey, cause: finding.cause, index },
            ...(fix && { fix }),
          }))
        : [],
    )
  })
}

/** A command takes all that its finding names: one a kind of fix is enough. */
function waysOf({ fixes }: Finding): readonly (Fix | undefined)[] {
  const byId = new Map(fixes.toReversed().map((fix) => [fix.id, fix]))
  const ways = fixes.filter((fix) => byId.get(fix.id) === fix)
  return ways.length === 0 ? [undefined] : ways
}

function networkKeys(subject: NodeSubject | undefined, { networks }: Fleet): readonly string[] {
  return subject !== undefined && 'networkKey' in subject ? [subject.networkKey] : networks.map(({ key }) => key)
}

function matcher(
  subject: NodeSubject | undefined,
  run: ConnectivityRun,
  fleet: Fleet,
): (finding: Finding, index: number) => boolean {
  switch (subject?.kind) {
    case 'finding':
      return (finding, index) => index === subject.index && finding.cause === subject.cause
    case 'container': {
      const placed = findContainer(fleet, subject.hostId, subject.containerId)
      const name = placed?.container.name ?? ''
      const host = placed?.host.name ?? ''
      return (finding) => isAboutContainer(finding, { containerId: subject.containerId, container: name, host }, run)
    }
    case 'pair':
      return ({ pairs = [] }) =>
        pairs.some(({ from, to }) => from === subject.from.containerId && to === subject.to.containerId)
    case 'host': {
      const name = fleet.hosts.find(({ id }) => id === subject.hostId)?.name ?? ''
      return ({ hosts }) => hosts.includes(name)
    }
    default:
      return () => true
  }
}

type Named = Pick<Peer, 'containerId' | 'container' | 'host'>

/** Names repeat over hosts: what a finding names is the container only on one of its hosts, or in one of its pairs. */
function isAboutContainer(finding: Finding, { containerId, container, host }: Named, run: ConnectivityRun): boolean {
  if (finding.fixes.some(({ containerIds }) => containerIds.includes(containerId))) return true
  if (!finding.containers.includes(container)) return false
  if (!finding.hosts.includes(host)) return false
  const namesakes = new Set(
    run.pairs
      .flatMap(({ from, to }) => [from, to])
      .filter((peer) => peer.container === container && peer.host === host)
      .map((peer) => peer.containerId),
  )
  return namesakes.size === 0 || namesakes.has(containerId)
}

const known = new WeakMap<ConnectivityRun, ReadonlySet<string>>()

/** The containers of a test that a finding with a fix is about, by ID; worked out once a test, since each row asks. */
export function fixableContainers(run: ConnectivityRun | undefined): ReadonlySet<string> {
  if (run === undefined) return none
  const found = known.get(run) ?? new Set(containersOf(run))
  known.set(run, found)
  return found
}

const none: ReadonlySet<string> = new Set()

function containersOf(run: ConnectivityRun): readonly string[] {
  const peers = new Map(run.pairs.flatMap(({ from, to }) => [from, to]).map((peer) => [peer.containerId, peer]))
  const findings = run.findings.filter(({ fixes }) => fixes.length > 0)
  return [
    ...findings.flatMap(({ fixes }) => fixes.flatMap(({ containerIds }) => containerIds)),
    ...[...peers.values()]
      .filter((peer) => findings.some((finding) => isAboutContainer(finding, peer, run)))
      .map(({ containerId }) => containerId),
  ]
}
