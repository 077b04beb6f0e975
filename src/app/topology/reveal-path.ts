import type { NodeSubject, ViewId } from '../tree/tree-node'

/** A row of a tree: its view, and the ids from the root down to it. */
export interface RevealPath {
  readonly view: ViewId
  readonly ids: readonly [string, ...string[]]
}

/** Where a tree shows what a subject stands for; `undefined` for what has no row of its own. */
export function revealPath(subject: NodeSubject): RevealPath | undefined {
  switch (subject.kind) {
    case 'host':
      return { view: 'hosts', ids: [`host:${subject.hostId}`] }
    case 'network':
      return { view: 'networks', ids: [`network:${subject.networkKey}`] }
    case 'test-result':
      return { view: 'networks', ids: [`network:${subject.networkKey}`, `network:${subject.networkKey}/test`] }
    case 'container': {
      const { hostId, containerId, networkKey } = subject
      if (networkKey === undefined)
        return { view: 'hosts', ids: [`host:${hostId}`, `host:${hostId}/container:${containerId}`] }
      const network = `network:${networkKey}`
      return { view: 'networks', ids: [network, `${network}/container:${hostId}/${containerId}`] }
    }
    default:
      return undefined
  }
}
