import type { ConnectivityRun } from '../../core/connectivity/run'
import type { PairResult } from '../../core/connectivity/types'
import type { Fleet } from '../../core/model/fleet'
import type { SceneNode } from '../../core/topology/scene'
import { fixableContainers } from '../fixes/fix-offers'
import { findContainer, findHost, findNetwork } from '../fleet-lookup'
import { peerRef } from '../testing/test-subject'
import { memberNode } from '../tree/container-node'
import { hostContext } from '../tree/host-node'
import { networkContext } from '../tree/network-node'
import { testContext } from '../tree/test-node'
import type { NodeSubject } from '../tree/tree-node'

/** What the editor calls the picture's window. */
export const pictureViewType = 'swarmNetworksTopology'

/** The name under which a picture's node gives the words that the menus match; in a tree it is `viewItem`. */
export const contextWordsKey = 'swarmNode'

/** What a node carries for the editor's context menu: the subject for the command, and the words for the menu. */
export function contextData(
  { key, target }: SceneNode,
  fleet: Fleet,
  latest: (networkKey: string) => ConnectivityRun | undefined,
): Readonly<Record<string, string>> {
  const subject = subjectOf(target)
  const words = wordsOf(subject, fleet, latest)
  if (words === '') return {}
  return menuData(subject, key, words)
}

/** What a cell of the matrix carries for the menu: the pair, of which something was found. */
export function cellData(
  { from, to }: Pick<PairResult, 'from' | 'to'>,
  networkKey: string,
): Readonly<Record<string, string>> {
  const subject: NodeSubject = { kind: 'pair', networkKey, from: peerRef(from), to: peerRef(to) }
  return menuData(subject, 'matrix', 'pair fixable')
}

function menuData(subject: NodeSubject, section: string, words: string): Readonly<Record<string, string>> {
  const context = {
    ...subject,
    webviewSection: section,
    [contextWordsKey]: words,
    preventDefaultContextMenuItems: true,
  }
  return { 'data-vscode-context': JSON.stringify(context) }
}

/** What a node stands for in the trees. A link is what the network's last test found. */
export function subjectOf(target: SceneNode['target']): NodeSubject {
  switch (target.kind) {
    case 'network':
    case 'row':
      return { kind: 'network', networkKey: target.networkKey }
    case 'host':
      return { kind: 'host', hostId: target.hostId }
    case 'container': {
      const { hostId, containerId, networkKey } = target
      return { kind: 'container', hostId, containerId, networkKey }
    }
    case 'link':
      return { kind: 'test-result', networkKey: target.networkKey }
  }
}

function wordsOf(
  subject: NodeSubject,
  fleet: Fleet,
  latest: (networkKey: string) => ConnectivityRun | undefined,
): string {
  switch (subject.kind) {
    case 'network': {
      const network = findNetwork(fleet, subject.networkKey)
      return network === undefined ? '' : networkContext(network, latest(network.key))
    }
    case 'host': {
      const host = findHost(fleet, subject.hostId)
      return host === undefined ? '' : hostContext(host)
    }
    case 'container': {
      const placed = findContainer(fleet, subject.hostId, subject.containerId)
      if (placed === undefined) return ''
      return memberNode(placed, subject.networkKey ?? '', {
        task: undefined,
        now: 0,
        isFixable: fixableContainers(latest(subject.networkKey ?? '')).has(subject.containerId),
      }).context
    }
    case 'test-result': {
      const run = latest(subject.networkKey)
      return run === undefined ? 'test-result' : testContext(run)
    }
    default:
      return ''
  }
}
