import { planPeers } from '../../core/connectivity/plan-peers'
import type { Peer } from '../../core/connectivity/types'
import { isPredefined } from '../../core/forms/predefined-networks'
import type { Fleet } from '../../core/model/fleet'
import { isOverlay, type FleetNetwork } from '../../core/model/network'
import { count } from '../../core/text/count'
import { singleLine } from '../../core/text/single-line'
import { findNetwork } from '../fleet-lookup'
import { pathOf, peerRef, type TestSubject } from './test-subject'

/** One item of the Testing view, as plain data. */
export interface TestNode {
  /** Unique among its siblings, and stable. */
  readonly id: string
  readonly subject: TestSubject
  readonly label: string
  readonly description: string
  readonly hasChildren: boolean
}

/** The networks that have somebody to test, those that span hosts first. */
export function networkTests({ networks }: Fleet): readonly TestNode[] {
  return networks
    .filter((network) => !isPredefined(network) && network.members.length > 1)
    .toSorted((a, b) => Number(isOverlay(b)) - Number(isOverlay(a)))
    .map((network) => {
      const where = isOverlay(network) ? network.driver : network.hosts.join(', ')
      return node({ kind: 'network', networkKey: network.key }, network.name, [
        where,
        count(network.members.length, 'container'),
      ])
    })
}

/** What is below a network or a source; nothing once the network is gone. */
export function childTests(fleet: Fleet, subject: TestSubject): readonly TestNode[] {
  const network = findNetwork(fleet, subject.networkKey)
  if (network === undefined || subject.kind === 'pair') return []
  const { networkKey } = subject
  const peers = planPeers(fleet, network)
  if (subject.kind === 'network')
    return peers.map((from) =>
      node({ kind: 'source', networkKey, from }, from.container, [from.host, ...stateOf(from)]),
    )
  const { from } = subject
  return peers
    .filter(({ hostId, containerId }) => containerId !== from.containerId || hostId !== from.hostId)
    .map((to) => node({ kind: 'pair', networkKey, from, to }, `→ ${to.container}`, [to.host, ...stateOf(to)]))
}

/**
 * Changes when, and as a rule only when, what is below a network changes. Cheap: a fleet changes somewhere all the time,
 * and below a large network there are thousands of items to compare.
 */
export function membersKey({ members }: FleetNetwork): string {
  return members
    .map(
      ({ hostId, containerId, container, isRunning }) => `${hostId} ${containerId} ${container} ${Number(isRunning)}`,
    )
    .join('\n')
}

function stateOf({ state }: Peer): readonly string[] {
  return state === 'running' ? [] : [state]
}

function node(subject: TestSubject, label: string, description: readonly string[]): TestNode {
  // Without the peer's other fields: an item outlives the snapshot that it was made from.
  const own = ownFields(subject)
  return {
    id: pathOf(own).at(-1) ?? '',
    subject: own,
    label: singleLine(label),
    description: singleLine(description.join(' · ')),
    hasChildren: own.kind !== 'pair',
  }
}

function ownFields(subject: TestSubject): TestSubject {
  const { networkKey } = subject
  switch (subject.kind) {
    case 'network':
      return { kind: 'network', networkKey }
    case 'source':
      return { kind: 'source', networkKey, from: peerRef(subject.from) }
    case 'pair':
      return { kind: 'pair', networkKey, from: peerRef(subject.from), to: peerRef(subject.to) }
  }
}
